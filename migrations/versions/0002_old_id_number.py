"""old id number"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('old_id_number', sa.LargeBinary(), nullable=True))
        batch_op.add_column(sa.Column('old_id_blind', sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_old_id_blind'), ['old_id_blind'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_old_id_blind'))
        batch_op.drop_column('old_id_blind')
        batch_op.drop_column('old_id_number')
