"""breaches"""

import sqlalchemy as sa
from alembic import op


revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('breach',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('happened', sa.String(200), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('kinds', sa.String(300), nullable=False),
    sa.Column('people', sa.Integer(), nullable=True),
    sa.Column('harm', sa.Text(), nullable=False),
    sa.Column('measures', sa.Text(), nullable=False),
    sa.Column('tell_by', sa.DateTime(timezone=True), nullable=False),
    sa.Column('authority_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('people_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('found_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('people IS NULL OR people >= 0', name=op.f('ck_breach_people_not_negative')),
    sa.ForeignKeyConstraint(['found_by_id'], ['user.id'], name=op.f('fk_breach_found_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach')),
    sa.UniqueConstraint('key', name=op.f('uq_breach_key')),
    sa.UniqueConstraint('number', name=op.f('uq_breach_number'))
    )
    op.create_index('ix_breach_closed_at_found_at', 'breach', ['closed_at', 'found_at'])
    op.create_table('breach_step',
    sa.Column('id', ROW, nullable=False),
    sa.Column('breach_id', ROW, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verb', sa.String(length=30), nullable=False),
    sa.Column('text', sa.String(500), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.ForeignKeyConstraint(['breach_id'], ['breach.id'], name=op.f('fk_breach_step_breach_id')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_breach_step_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_breach_step'))
    )
    op.create_index(op.f('ix_breach_step_breach_id'), 'breach_step', ['breach_id'])


def downgrade() -> None:
    op.drop_table('breach_step')
    op.drop_table('breach')
