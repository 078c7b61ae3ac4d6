"""sheets with several jobs"""

import sqlalchemy as sa
from alembic import op


revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('recruitment_sheet',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('enterprise_id', ROW, nullable=False),
    sa.Column('received_on', sa.Date(), nullable=False),
    sa.Column('contact_name', sa.String(120), nullable=False),
    sa.Column('contact_position', sa.String(80), nullable=False),
    sa.Column('contact_phone', sa.String(length=16), nullable=True),
    sa.Column('contact_email', sa.String(120), nullable=True),
    sa.Column('services', sa.String(400), nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_recruitment_sheet_enterprise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recruitment_sheet')),
    sa.UniqueConstraint('key', name=op.f('uq_recruitment_sheet_key')),
    sa.UniqueConstraint('number', name=op.f('uq_recruitment_sheet_number'))
    )
    op.create_index('ix_recruitment_sheet_enterprise_id', 'recruitment_sheet', ['enterprise_id'])
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.add_column(sa.Column('sheet_id', ROW, nullable=True))
        batch_op.create_foreign_key(op.f('fk_vacancy_sheet_id'), 'recruitment_sheet', ['sheet_id'], ['id'])
        batch_op.create_index('ix_vacancy_sheet_id', ['sheet_id'])


def downgrade() -> None:
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.drop_index('ix_vacancy_sheet_id')
        batch_op.drop_constraint(op.f('fk_vacancy_sheet_id'), type_='foreignkey')
        batch_op.drop_column('sheet_id')
    op.drop_index('ix_recruitment_sheet_enterprise_id', table_name='recruitment_sheet')
    op.drop_table('recruitment_sheet')
