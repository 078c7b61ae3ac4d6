"""frozen reports, published figures, targets of a year"""

import sqlalchemy as sa
from alembic import op


revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('published_figure',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('first', sa.Date(), nullable=False),
    sa.Column('last', sa.Date(), nullable=False),
    sa.Column('value', sa.Numeric(precision=16, scale=3), nullable=False),
    sa.Column('is_floor', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('source', sa.String(200), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('last >= first', name=op.f('ck_published_figure_last_after_first')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_published_figure')),
    sa.UniqueConstraint('code', 'first', 'last', 'source', name=op.f('uq_published_figure_code_first_last_source')),
    sa.UniqueConstraint('key', name=op.f('uq_published_figure_key'))
    )
    op.create_index('ix_published_figure_last_code', 'published_figure', ['last', 'code'])
    op.create_table('report',
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('draft', 'checked', 'submitted', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('definitions', sa.String(length=20), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('figures', sa.JSON(), nullable=False),
    sa.Column('context', sa.JSON(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name=op.f('ck_report_submitted_at_a_time')),
    sa.CheckConstraint('edition >= 1', name=op.f('ck_report_edition_from_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('code', 'edition', name=op.f('uq_report_code_edition')),
    sa.UniqueConstraint('key', name=op.f('uq_report_key'))
    )
    op.create_table('year_target',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('target', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('target >= 0', name=op.f('ck_year_target_target_not_negative')),
    sa.CheckConstraint('year BETWEEN 2000 AND 2200', name=op.f('ck_year_target_year_plausible')),
    sa.PrimaryKeyConstraint('year', 'code', name=op.f('pk_year_target'))
    )
    op.create_table('report_rows',
    sa.Column('report_id', ROW, nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('packed', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_rows_report_id')),
    sa.PrimaryKeyConstraint('report_id', 'code', name=op.f('pk_report_rows'))
    )
    op.create_table('report_step',
    sa.Column('id', ROW, nullable=False),
    sa.Column('report_id', ROW, nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verb', sa.String(length=20), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_report_step_by_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_step_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_step'))
    )
    op.create_index('ix_report_step_report_id', 'report_step', ['report_id'])



def downgrade() -> None:
    op.drop_index('ix_report_step_report_id', table_name='report_step')
    op.drop_table('report_step')
    op.drop_table('report_rows')
    op.drop_table('year_target')
    op.drop_table('report')
    op.drop_index('ix_published_figure_last_code', table_name='published_figure')
    op.drop_table('published_figure')
