"""retention"""

import sqlalchemy as sa
from alembic import op


revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
STANDS = sa.text("state IN ('told', 'held')")


def upgrade() -> None:
    op.create_table('retention_due',
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('last_contact', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('told', 'held', 'stays', 'erased', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('why', sa.String(300), nullable=False),
    sa.Column('decided_by_id', ROW, nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_retention_due_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_retention_due_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_due')),
    sa.UniqueConstraint('key', name=op.f('uq_retention_due_key'))
    )
    op.create_index('ix_retention_due_state_due_on', 'retention_due', ['state', 'due_on'])
    op.create_index('uq_retention_due_standing', 'retention_due', ['person_id'], unique=True, sqlite_where=STANDS, postgresql_where=STANDS)


def downgrade() -> None:
    op.drop_table('retention_due')
