"""create change feed

Revision: 5b1f0c7d2e94, after 96f3195adabe.
"""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op


revision = '5b1f0c7d2e94'
down_revision = '96f3195adabe'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('change',
    sa.Column('seq', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('noun', sa.Enum('listing', 'vocabulary', name='changenoun', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('seq >= 1', name=op.f('ck_change_seq_from_one')),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_change'))
    )
    counter = op.create_table('change_counter',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('feed', sa.String(length=32), nullable=False),
    sa.Column('newest_seq', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_change_counter_one_row')),
    sa.CheckConstraint('length(feed) > 0', name=op.f('ck_change_counter_feed_given')),
    sa.CheckConstraint('newest_seq >= 0', name=op.f('ck_change_counter_newest_seq_from_zero')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_change_counter'))
    )
    op.create_table('index_cursor',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_index_cursor_name_given')),
    sa.CheckConstraint('seq >= 0', name=op.f('ck_index_cursor_seq_from_zero')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_index_cursor'))
    )
    # What stands in the directory already reaches an index when that index is first built.
    op.bulk_insert(counter, [{'id': 1, 'feed': uuid4().hex, 'newest_seq': 0}])


def downgrade() -> None:
    op.drop_table('index_cursor')
    op.drop_table('change_counter')
    op.drop_table('change')
