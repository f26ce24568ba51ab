"""create accounts

Revision: 8b2e3d4f5a61, after 7a1d2c3e4f50.
"""

import sqlalchemy as sa
from alembic import op


revision = '8b2e3d4f5a61'
down_revision = '7a1d2c3e4f50'
branch_labels = None
depends_on = None

REFUSAL = 'a line of the ledger of consents is never changed'
SQLITE = tuple(
    f"CREATE TRIGGER consent_no_{event.lower()} BEFORE {event} ON consent "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for event in ('UPDATE', 'DELETE')
) + (
    # INSERT OR REPLACE removes the old row without a word to the trigger above.
    "CREATE TRIGGER consent_no_replace BEFORE INSERT ON consent "
    "WHEN EXISTS (SELECT 1 FROM consent WHERE id = NEW.id) "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
)
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_consent_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    """CREATE TRIGGER consent_no_change BEFORE UPDATE OR DELETE ON consent
    FOR EACH ROW EXECUTE FUNCTION refuse_consent_change()""",
    """CREATE TRIGGER consent_no_truncate BEFORE TRUNCATE ON consent
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_consent_change()""",
)
TRIGGERS = {'sqlite': SQLITE, 'postgresql': POSTGRESQL}


def upgrade() -> None:
    op.create_table('rate_window',
    sa.Column('kind', sa.Enum('sign-in', 'code', 'password', 'confirm', 'review', 'flag', 'correction', 'appeal', name='limitkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('key_hash', sa.String(length=64), nullable=False),
    sa.Column('window_start', sa.DateTime(timezone=True), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.CheckConstraint('count >= 1', name=op.f('ck_rate_window_count_from_one')),
    sa.PrimaryKeyConstraint('kind', 'key_hash', 'window_start', name=op.f('pk_rate_window'))
    )
    op.create_table('user',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('user', 'moderator', 'administrator', name='role', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('active', 'suspended', 'erased', name='userstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('email_hash', sa.String(length=64), nullable=True),
    sa.Column('display_name', sa.String(length=80), nullable=True),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('totp_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'erased') = (email_hash IS NULL)", name=op.f('ck_user_erased_has_no_contact')),
    sa.CheckConstraint("(state = 'erased') = (erased_at IS NOT NULL)", name=op.f('ck_user_erased_has_time')),
    sa.CheckConstraint("language IN ('en', 'hi')", name=op.f('ck_user_language_known')),
    sa.CheckConstraint("role = 'user' OR state = 'erased' OR display_name IS NOT NULL", name=op.f('ck_user_staff_is_named')),
    sa.CheckConstraint("state <> 'erased' OR (password_hash IS NULL AND totp_sealed IS NULL)", name=op.f('ck_user_erased_has_no_keys')),
    sa.CheckConstraint('(email_hash IS NULL) = (email_sealed IS NULL)', name=op.f('ck_user_contact_is_whole')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('email_hash', name=op.f('uq_user_email_hash'))
    )
    op.create_table('consent',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('account', 'publication', 'display-name', name='consentpurpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('text_version', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('text_version >= 1', name=op.f('ck_consent_text_version_from_one')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_consent_user_id_user'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    op.create_index(op.f('ix_consent_user_id'), 'consent', ['user_id'])
    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_recovery_code_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_recovery_code_code_hash'))
    )
    op.create_index(op.f('ix_recovery_code_user_id'), 'recovery_code', ['user_id'])
    op.create_table('sign_in_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('sign-in', 'sign-up', 'confirm', 'staff', name='linkpurpose', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=True),
    sa.Column('browser_hash', sa.String(length=64), nullable=True),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('email_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('email_hash', sa.String(length=64), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('terms_version', sa.Integer(), nullable=True),
    sa.Column('next_path', sa.String(length=200), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(purpose = 'confirm') = (subject_id IS NOT NULL)", name=op.f('ck_sign_in_link_confirm_has_subject')),
    sa.CheckConstraint("(purpose = 'sign-up') = (terms_version IS NOT NULL)", name=op.f('ck_sign_in_link_sign_up_has_terms')),
    sa.CheckConstraint('(email_hash IS NULL) = (email_sealed IS NULL)', name=op.f('ck_sign_in_link_contact_is_whole')),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_sign_in_link_attempts_from_zero')),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_sign_in_link_ends_after_start')),
    sa.CheckConstraint('user_id IS NOT NULL OR email_hash IS NOT NULL', name=op.f('ck_sign_in_link_whose_is_known')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sign_in_link_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_link_token_hash'))
    )
    op.create_index(op.f('ix_sign_in_link_expires_at'), 'sign_in_link', ['expires_at'])
    op.create_index(op.f('ix_sign_in_link_user_id'), 'sign_in_link', ['user_id'])
    op.create_table('user_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('strong_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_user_session_ends_after_start')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_user_session_user_id_user'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_user_session_token_hash'))
    )
    op.create_index(op.f('ix_user_session_expires_at'), 'user_session', ['expires_at'])
    op.create_index('ix_user_session_user_id_revoked_at', 'user_session', ['user_id', 'revoked_at'])
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('user_session')
    op.drop_table('sign_in_link')
    op.drop_table('recovery_code')
    op.drop_table('consent')
    op.drop_table('user')
    op.drop_table('rate_window')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_consent_change()')
