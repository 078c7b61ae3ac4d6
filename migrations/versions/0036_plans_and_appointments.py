"""action plans with steps, and appointments"""

import sqlalchemy as sa
from alembic import op


revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
RUNS = sa.text('closed_on IS NULL')
BOOKED = sa.text("state = 'booked'")


def kept() -> list[sa.Column]:
    return [
        sa.Column('id', ROW, nullable=False),
        sa.Column('key', sa.Uuid(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
    ]


def upgrade() -> None:
    op.create_table('action_plan',
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('goal', sa.String(300), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('is_reached', sa.Boolean(), nullable=True),
    sa.Column('by_id', ROW, nullable=True),
    *kept(),
    sa.CheckConstraint('(closed_on IS NULL) = (is_reached IS NULL)', name=op.f('ck_action_plan_closed_either_way')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_action_plan_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_action_plan_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_action_plan')),
    sa.UniqueConstraint('key', name=op.f('uq_action_plan_key'))
    )
    op.create_index('ix_action_plan_by_id', 'action_plan', ['by_id'])
    op.create_index('ix_action_plan_person_id', 'action_plan', ['person_id'])
    op.create_index('uq_action_plan_open', 'action_plan', ['person_id'], unique=True, sqlite_where=RUNS, postgresql_where=RUNS)
    op.create_table('plan_step',
    sa.Column('plan_id', ROW, nullable=False),
    sa.Column('what', sa.String(200), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('doer', sa.Enum('person', 'centre', name='doer_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('is_done', sa.Boolean(), nullable=True),
    sa.Column('ended_by_id', ROW, nullable=True),
    *kept(),
    sa.CheckConstraint('(ended_on IS NULL) = (is_done IS NULL)', name=op.f('ck_plan_step_ended_either_way')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['user.id'], name=op.f('fk_plan_step_ended_by_id')),
    sa.ForeignKeyConstraint(['plan_id'], ['action_plan.id'], name=op.f('fk_plan_step_plan_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_step')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_step_key'))
    )
    op.create_index('ix_plan_step_due_on_ended_on', 'plan_step', ['due_on', 'ended_on'])
    op.create_index('ix_plan_step_plan_id', 'plan_step', ['plan_id'])
    op.create_table('appointment',
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('user_id', ROW, nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('channel', sa.String(length=30), nullable=False),
    sa.Column('place', sa.String(200), nullable=False),
    sa.Column('about', sa.String(200), nullable=False),
    sa.Column('state', sa.Enum('booked', 'kept', 'missed', 'cancelled', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('booked_by_id', ROW, nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    *kept(),
    sa.CheckConstraint("(state = 'booked') = (ended_at IS NULL)", name=op.f('ck_appointment_ended_when_over')),
    sa.CheckConstraint('minutes BETWEEN 5 AND 480', name=op.f('ck_appointment_minutes_bounded')),
    sa.ForeignKeyConstraint(['booked_by_id'], ['user.id'], name=op.f('fk_appointment_booked_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_appointment_person_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_appointment_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointment')),
    sa.UniqueConstraint('key', name=op.f('uq_appointment_key'))
    )
    op.create_index('ix_appointment_person_id', 'appointment', ['person_id'])
    op.create_index('ix_appointment_starts_at', 'appointment', ['starts_at'])
    op.create_index('ix_appointment_user_id_starts_at', 'appointment', ['user_id', 'starts_at'])
    op.create_index('uq_appointment_user', 'appointment', ['user_id', 'starts_at'], unique=True, sqlite_where=BOOKED, postgresql_where=BOOKED)


def downgrade() -> None:
    op.drop_table('appointment')
    op.drop_table('plan_step')
    op.drop_table('action_plan')
