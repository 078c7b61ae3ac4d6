"""placements: the places of a vacancy are those of the people in its job"""

import datetime as dt

import sqlalchemy as sa
from alembic import op


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
REASONS = ('quit', 'dismissed', 'contract-over', 'never-came', 'mistake', 'other')
LIVE = sa.text('ended_on IS NULL')


def upgrade() -> None:
    op.create_table('placement',
    sa.Column('seeker_id', ROW, nullable=False),
    sa.Column('enterprise_id', ROW, nullable=False),
    sa.Column('vacancy_id', ROW, nullable=True),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.Enum(*REASONS, name='end_reason_known', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('counts_to_headcount', sa.Boolean(), nullable=False),
    sa.Column('recorded_by_id', ROW, nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('(ended_on IS NULL) = (end_reason IS NULL)', name=op.f('ck_placement_ended_for_a_reason')),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= started_on', name=op.f('ck_placement_ends_after_start')),
    sa.CheckConstraint('vacancy_id IS NOT NULL OR NOT counts_to_headcount', name=op.f('ck_placement_counts_somewhere')),
    sa.CheckConstraint('ended_on IS NOT NULL OR vacancy_id IS NULL OR counts_to_headcount', name=op.f('ck_placement_live_counts')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['user.id'], name=op.f('fk_placement_confirmed_by_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_placement_enterprise_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_placement_recorded_by_id')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_placement_seeker_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_placement_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement')),
    sa.UniqueConstraint('key', name=op.f('uq_placement_key'))
    )
    op.create_index('ix_placement_enterprise_id', 'placement', ['enterprise_id'])
    op.create_index('ix_placement_seeker_id', 'placement', ['seeker_id'])
    op.create_index('ix_placement_vacancy_id', 'placement', ['vacancy_id'])
    op.create_index('uq_placement_live', 'placement', ['vacancy_id', 'seeker_id'], unique=True,
                    sqlite_where=LIVE, postgresql_where=LIVE)
    count_by_placements()
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.create_check_constraint(op.f('ck_vacancy_open_has_room'), "state <> 'open' OR filled < headcount")
        batch_op.create_check_constraint(op.f('ck_vacancy_filled_is_full'), "state <> 'filled' OR filled = headcount")


def count_by_placements() -> None:
    """Until now a vacancy was called full by hand, with nobody named: the number goes to its history."""
    connection = op.get_bind()
    change = sa.table('vacancy_change', *(sa.column(name) for name in ('vacancy_id', 'actor', 'action', 'field', 'note')),
                      sa.column('at', sa.DateTime(timezone=True)), sa.column('before', sa.JSON()), sa.column('after', sa.JSON()))
    told = "state = 'filled' OR filled > 0"
    for row in connection.execute(sa.text(f"SELECT id, state, filled FROM vacancy WHERE {told}")).all():
        line = {'vacancy_id': row.id, 'at': dt.datetime.now(dt.UTC), 'actor': 'jobcenter', 'note': ''}
        if row.filled:
            connection.execute(sa.insert(change).values(
                **line, action='change-vacancy', field='filled', before=row.filled, after=0))
        if row.state == 'filled':
            connection.execute(sa.insert(change).values(
                **line, action='close-vacancy', field='state', before='filled', after='closed'))
    connection.execute(sa.text("UPDATE vacancy SET state = 'closed', close_reason = 'filled-elsewhere' WHERE state = 'filled'"))
    connection.execute(sa.text("UPDATE vacancy SET filled = 0 WHERE filled > 0"))


def downgrade() -> None:
    with op.batch_alter_table('vacancy') as batch_op:
        batch_op.drop_constraint(op.f('ck_vacancy_filled_is_full'), type_='check')
        batch_op.drop_constraint(op.f('ck_vacancy_open_has_room'), type_='check')
    op.drop_index('uq_placement_live', table_name='placement')
    op.drop_index('ix_placement_vacancy_id', table_name='placement')
    op.drop_index('ix_placement_seeker_id', table_name='placement')
    op.drop_index('ix_placement_enterprise_id', table_name='placement')
    op.drop_table('placement')
