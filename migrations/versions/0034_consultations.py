"""consultations, and job sessions; every visit that was finished becomes a consultation"""

import uuid

import sqlalchemy as sa
from alembic import op


revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
OUTCOMES = ('advised', 'to-referral', 'to-class', 'lacks-papers', 'nothing-fits', 'passed-on')
FIGURES = ('firms', 'openings', 'attended', 'interviewed', 'preselected')
CHUNK = 1_000


def upgrade() -> None:
    op.create_table('job_session',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('place', sa.String(200), nullable=False),
    sa.Column('organiser', sa.String(200), nullable=False),
    sa.Column('partners', sa.String(300), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=True) for name in FIGURES),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('recorded_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    *(sa.CheckConstraint(f'{name} IS NULL OR {name} >= 0', name=op.f(f'ck_job_session_{name}_counted')) for name in FIGURES),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_job_session_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_session')),
    sa.UniqueConstraint('key', name=op.f('uq_job_session_key'))
    )
    op.create_index('ix_job_session_day', 'job_session', ['day'])
    op.create_table('consultation',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('person_id', ROW, nullable=True),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('phone', sa.String(length=16), nullable=True),
    sa.Column('channel', sa.String(length=30), nullable=False),
    sa.Column('subjects', sa.String(400), nullable=True),
    sa.Column('outcome', sa.Enum(*OUTCOMES, name='outcome_known', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('next_step', sa.String(200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('by_id', ROW, nullable=True),
    sa.Column('visit_id', ROW, nullable=True),
    sa.Column('session_id', ROW, nullable=True),
    sa.Column('group_key', sa.Uuid(), nullable=True),
    sa.Column('struck_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('struck_by_id', ROW, nullable=True),
    sa.Column('struck_because', sa.String(200), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("person_id IS NULL OR (name = '' AND phone IS NULL)", name=op.f('ck_consultation_one_identity')),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_consultation_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consultation_person_id')),
    sa.ForeignKeyConstraint(['session_id'], ['job_session.id'], name=op.f('fk_consultation_session_id')),
    sa.ForeignKeyConstraint(['struck_by_id'], ['user.id'], name=op.f('fk_consultation_struck_by_id')),
    sa.ForeignKeyConstraint(['visit_id'], ['visit.id'], name=op.f('fk_consultation_visit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation')),
    sa.UniqueConstraint('key', name=op.f('uq_consultation_key')),
    sa.UniqueConstraint('visit_id', name=op.f('uq_consultation_visit_id'))
    )
    op.create_index('ix_consultation_by_id_day', 'consultation', ['by_id', 'day'])
    op.create_index('ix_consultation_day', 'consultation', ['day'])
    op.create_index('ix_consultation_group_key', 'consultation', ['group_key'])
    op.create_index('ix_consultation_person_id_day', 'consultation', ['person_id', 'day'])
    op.create_index('ix_consultation_session_id', 'consultation', ['session_id'])
    tell_finished_visits()


def tell_finished_visits() -> None:
    visit = sa.table('visit', *(sa.column(name) for name in ('id', 'person_id', 'name', 'services', 'state', 'served_by_id')),
                     sa.column('day', sa.Date()), sa.column('ended_at', sa.DateTime(timezone=True)))
    made = sa.table('consultation', *(sa.column(name) for name in (
        'person_id', 'name', 'channel', 'subjects', 'next_step', 'note', 'by_id', 'visit_id', 'struck_because', 'version')),
        sa.column('key', sa.Uuid()), sa.column('day', sa.Date()),
        sa.column('created_at', sa.DateTime(timezone=True)), sa.column('changed_at', sa.DateTime(timezone=True)))
    connection = op.get_bind()
    done = connection.execute(sa.select(visit).where(visit.c.state == 'done').order_by(visit.c.id)).all()
    for start in range(0, len(done), CHUNK):
        connection.execute(sa.insert(made), [
            {'key': uuid.uuid4(), 'day': row.day, 'person_id': row.person_id, 'name': row.name if row.person_id is None else '',
             'channel': 'in-person', 'subjects': row.services, 'next_step': '', 'note': '', 'by_id': row.served_by_id,
             'visit_id': row.id, 'struck_because': '', 'version': 1, 'created_at': row.ended_at, 'changed_at': row.ended_at}
            for row in done[start:start + CHUNK]])


def downgrade() -> None:
    op.drop_table('consultation')
    op.drop_table('job_session')
