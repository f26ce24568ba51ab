"""tell where guides come from

A version of a guide was written by people, as all were until now, or came with the directory.

Revision: be5b6c7d8e94, after ad4a5b6c7d83.
"""

from alembic import op


revision = 'be5b6c7d8e94'
down_revision = 'ad4a5b6c7d83'
branch_labels = None
depends_on = None


def upgrade():
    # Both databases read this, and give up the checks together with the column.
    op.execute(
        "ALTER TABLE guide_version ADD COLUMN origin VARCHAR(40) DEFAULT 'written' NOT NULL "
        "CONSTRAINT ck_guide_version_guideorigin CHECK (origin IN ('written', 'shipped')) "
        'CONSTRAINT ck_guide_version_shipped_by_no_person '
        "CHECK (origin = 'written' OR written_by_id IS NULL)"
    )


def downgrade():
    op.execute('ALTER TABLE guide_version DROP COLUMN origin')
