"""visits to the counter, and who sits at which desk"""

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counter_seat',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('desk', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('desk >= 1', name=op.f('ck_counter_seat_desk_from_one')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_counter_seat_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_counter_seat')),
    sa.UniqueConstraint('desk', name=op.f('uq_counter_seat_desk'))
    )
    op.create_table('visit',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('services', sa.String(400), nullable=True),
    sa.Column('about', sa.String(200), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'called', 'serving', 'done', 'left', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('desk', sa.Integer(), nullable=True),
    sa.Column('for_user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('served_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('taken_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('called_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('calls', sa.Integer(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state IN ('done', 'left')) = (ended_at IS NOT NULL)", name=op.f('ck_visit_over_when_ended')),
    sa.CheckConstraint("state NOT IN ('called', 'serving') OR served_by_id IS NOT NULL", name=op.f('ck_visit_served_by_one')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_visit_number_from_one')),
    sa.ForeignKeyConstraint(['for_user_id'], ['user.id'], name=op.f('fk_visit_for_user_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_visit_person_id')),
    sa.ForeignKeyConstraint(['served_by_id'], ['user.id'], name=op.f('fk_visit_served_by_id')),
    sa.ForeignKeyConstraint(['taken_by_id'], ['user.id'], name=op.f('fk_visit_taken_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_visit')),
    sa.UniqueConstraint('day', 'number', name=op.f('uq_visit_day_number')),
    sa.UniqueConstraint('key', name=op.f('uq_visit_key')),
    sa.UniqueConstraint('reference', name=op.f('uq_visit_reference'))
    )
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.create_index('ix_visit_day_state', ['day', 'state'], unique=False)
        batch_op.create_index('ix_visit_person_id_day', ['person_id', 'day'], unique=False)
        batch_op.create_index('uq_visit_at_hand', ['served_by_id'], unique=True, sqlite_where=sa.text("state IN ('called', 'serving')"), postgresql_where=sa.text("state IN ('called', 'serving')"))
        batch_op.create_index('uq_visit_open_person', ['person_id'], unique=True, sqlite_where=sa.text("state IN ('waiting', 'called', 'serving')"), postgresql_where=sa.text("state IN ('waiting', 'called', 'serving')"))



def downgrade() -> None:
    with op.batch_alter_table('visit', schema=None) as batch_op:
        batch_op.drop_index('uq_visit_open_person', sqlite_where=sa.text("state IN ('waiting', 'called', 'serving')"), postgresql_where=sa.text("state IN ('waiting', 'called', 'serving')"))
        batch_op.drop_index('uq_visit_at_hand', sqlite_where=sa.text("state IN ('called', 'serving')"), postgresql_where=sa.text("state IN ('called', 'serving')"))
        batch_op.drop_index('ix_visit_person_id_day')
        batch_op.drop_index('ix_visit_day_state')

    op.drop_table('visit')
    op.drop_table('counter_seat')
