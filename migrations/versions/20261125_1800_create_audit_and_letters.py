"""create audit and letters

Revision: 7a1d2c3e4f50, after 5b1f0c7d2e94.
"""

import sqlalchemy as sa
from alembic import op


revision = '7a1d2c3e4f50'
down_revision = '5b1f0c7d2e94'
branch_labels = None
depends_on = None

APPEND_ONLY = 'the record of acts is never changed'
FORWARD_ONLY = 'the head of the record only moves forward'

SQLITE = (
    f"""CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END""",
    f"""CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END""",
    f"""CREATE TRIGGER audit_head_forward BEFORE UPDATE ON audit_head
    WHEN NEW.seq <= OLD.seq OR NEW.id <> OLD.id
    BEGIN SELECT RAISE(ABORT, '{FORWARD_ONLY}'); END""",
    f"""CREATE TRIGGER audit_head_no_delete BEFORE DELETE ON audit_head
    BEGIN SELECT RAISE(ABORT, '{FORWARD_ONLY}'); END""",
    # `INSERT OR REPLACE` removes a row without asking the triggers above.
    f"""CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
    WHEN EXISTS (SELECT 1 FROM audit_event WHERE seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END""",
    f"""CREATE TRIGGER audit_head_no_replace BEFORE INSERT ON audit_head
    WHEN EXISTS (SELECT 1 FROM audit_head)
    BEGIN SELECT RAISE(ABORT, '{FORWARD_ONLY}'); END""",
)
POSTGRESQL = (
    f"""CREATE FUNCTION refuse_audit_event_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{APPEND_ONLY}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE FUNCTION refuse_audit_head_back() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.seq > OLD.seq AND NEW.id = OLD.id THEN RETURN NEW; END IF;
        END IF;
        RAISE EXCEPTION '{FORWARD_ONLY}' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_event_change()""",
    """CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_event_change()""",
    """CREATE TRIGGER audit_head_forward BEFORE UPDATE OR DELETE ON audit_head
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_head_back()""",
    """CREATE TRIGGER audit_head_no_truncate BEFORE TRUNCATE ON audit_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_head_back()""",
)
TRIGGERS = {'sqlite': SQLITE, 'postgresql': POSTGRESQL}

LETTER_KINDS = (
    'sign-in', 'no-account', 'sign-up', 'staff-link', 'confirm-review', 'review-published',
    'review-returned', 'review-resubmitted', 'review-rejected', 'review-withdrawn',
    'review-hidden', 'review-restored', 'review-removed', 'review-restricted', 'review-expired',
    'appeal-received', 'appeal-kept', 'appeal-upheld', 'erased', 'security',
)


def upgrade() -> None:
    op.create_table('audit_event',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('act', sa.String(length=60), nullable=False),
    sa.Column('subject_noun', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=True),
    sa.Column('actor_kind', sa.Enum('author', 'reader', 'moderator', 'administrator', 'clock', 'command', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('previous_hash', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('seq >= 1', name=op.f('ck_audit_event_seq_from_one')),
    sa.CheckConstraint('length(hash) = 64 AND length(previous_hash) = 64', name=op.f('ck_audit_event_hashes_whole')),
    sa.CheckConstraint("(actor_kind IN ('moderator', 'administrator')) = (actor_id IS NOT NULL)", name=op.f('ck_audit_event_only_staff_is_named')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_event'))
    )
    op.create_index('ix_audit_event_act_seq', 'audit_event', ['act', 'seq'])
    op.create_index('ix_audit_event_actor_id_seq', 'audit_event', ['actor_id', 'seq'])
    op.create_index('ix_audit_event_subject_noun_subject_id_seq', 'audit_event', ['subject_noun', 'subject_id', 'seq'])
    op.create_index(op.f('ix_audit_event_at'), 'audit_event', ['at'])
    head = op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_one_row')),
    sa.CheckConstraint('seq >= 0', name=op.f('ck_audit_head_seq_from_zero')),
    sa.CheckConstraint('length(hash) = 64', name=op.f('ck_audit_head_hash_whole')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.bulk_insert(head, [{'id': 1, 'seq': 0, 'hash': '0' * 64}])
    op.create_table('letter',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum(*LETTER_KINDS, name='letterkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('message_id', sa.String(length=64), nullable=False),
    sa.Column('group_key', sa.String(length=80), nullable=True),
    sa.Column('address_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('facts_sealed', sa.LargeBinary(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('state', sa.Enum('queued', 'sending', 'sent', 'cancelled', 'failed', name='letterstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_fault', sa.String(length=200), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("language IN ('en', 'hi')", name=op.f('ck_letter_language_known')),
    sa.CheckConstraint('length(message_id) >= 8', name=op.f('ck_letter_message_id_given')),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_letter_attempts_from_zero')),
    sa.CheckConstraint("(state IN ('queued', 'sending')) = (address_sealed IS NOT NULL) AND (state IN ('queued', 'sending')) = (facts_sealed IS NOT NULL)", name=op.f('ck_letter_sealed_while_needed')),
    sa.CheckConstraint("(state = 'sending') = (claimed_at IS NOT NULL)", name=op.f('ck_letter_sending_is_claimed')),
    sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_letter_sent_has_time')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('group_key', 'kind', name=op.f('uq_letter_group_key_kind')),
    sa.UniqueConstraint('message_id', name=op.f('uq_letter_message_id'))
    )
    op.create_index('ix_letter_state_not_before', 'letter', ['state', 'not_before'])
    op.create_index(op.f('ix_letter_created_at'), 'letter', ['created_at'])
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('letter')
    op.drop_table('audit_head')
    op.drop_table('audit_event')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_audit_head_back()')
        op.execute('DROP FUNCTION refuse_audit_event_change()')
