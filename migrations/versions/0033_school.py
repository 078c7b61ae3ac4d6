"""the school: programmes and their rules, targets, trainers, rooms, classes, sessions, enrolments"""

import sqlalchemy as sa
from alembic import op


revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def upgrade() -> None:
    op.create_table('plan_target',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('target', sa.Integer(), nullable=False),
    sa.Column('decision', sa.String(120), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('target BETWEEN 0 AND 100000', name=op.f('ck_plan_target_target_plausible')),
    sa.CheckConstraint('year BETWEEN 2000 AND 2200', name=op.f('ck_plan_target_year_plausible')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_target')),
    sa.UniqueConstraint('key', name=op.f('uq_plan_target_key')),
    sa.UniqueConstraint('year', 'type', name=op.f('uq_plan_target_year_type'))
    )
    op.create_table('programme',
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('name_vi', sa.String(160), nullable=False),
    sa.Column('name_en', sa.String(160), nullable=False),
    sa.Column('folded', sa.String(length=400), nullable=False),
    sa.Column('partner', sa.String(160), nullable=False),
    sa.Column('certificate', sa.String(120), nullable=False),
    sa.Column('least_age', sa.Integer(), nullable=False),
    sa.Column('least_education', sa.String(length=40), nullable=True),
    sa.Column('is_hazardous', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('is_offered', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(type = 'partner') = (partner <> '')", name=op.f('ck_programme_partner_is_named')),
    sa.CheckConstraint('least_age BETWEEN 13 AND 60', name=op.f('ck_programme_age_plausible')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme')),
    sa.UniqueConstraint('code', name=op.f('uq_programme_code')),
    sa.UniqueConstraint('key', name=op.f('uq_programme_key'))
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_type'), ['type'], unique=False)

    op.create_table('programme_type_rule',
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('hours_least', sa.Integer(), nullable=True),
    sa.Column('hours_most', sa.Integer(), nullable=True),
    sa.Column('modules_least', sa.Integer(), nullable=True),
    sa.Column('theory_most', sa.Integer(), nullable=True),
    sa.Column('theory_attendance', sa.Integer(), nullable=False),
    sa.Column('practice_attendance', sa.Integer(), nullable=False),
    sa.Column('module_mark', sa.Integer(), nullable=False),
    sa.Column('pass_mark', sa.Integer(), nullable=False),
    sa.Column('grades', sa.String(400), nullable=False),
    sa.Column('size_theory', sa.Integer(), nullable=True),
    sa.Column('size_practice', sa.Integer(), nullable=True),
    sa.Column('size_hazard', sa.Integer(), nullable=True),
    sa.Column('counts_in_plan', sa.Boolean(), nullable=False),
    sa.Column('award', sa.Enum('certificate', 'short-certificate', 'diploma', 'safety-certificate', 'safety-card', 'safety-book', 'none', name='award_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('safety_group', sa.Integer(), nullable=True),
    sa.Column('valid_months', sa.Integer(), nullable=True),
    sa.Column('refresher_hours', sa.Integer(), nullable=True),
    sa.Column('note', sa.String(200), nullable=False),
    sa.Column('source', sa.String(160), nullable=False),
    sa.Column('edited', sa.String(400), server_default='|', nullable=False),
    sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    sa.CheckConstraint('hours_most IS NULL OR hours_most >= hours_least', name=op.f('ck_programme_type_rule_hours_in_order')),
    sa.CheckConstraint('pass_mark BETWEEN 0 AND 100 AND module_mark BETWEEN 0 AND 100', name=op.f('ck_programme_type_rule_marks_out_of_ten')),
    sa.CheckConstraint('theory_attendance BETWEEN 0 AND 100 AND practice_attendance BETWEEN 0 AND 100', name=op.f('ck_programme_type_rule_attendance_is_a_share')),
    sa.CheckConstraint('theory_most BETWEEN 0 AND 100', name=op.f('ck_programme_type_rule_theory_is_a_share')),
    sa.PrimaryKeyConstraint('type', 'valid_from', name=op.f('pk_programme_type_rule'))
    )
    op.create_table('training_room',
    sa.Column('name', sa.String(80), nullable=False),
    sa.Column('kind', sa.Enum('theory', 'workshop', 'hazard', 'outside', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=False),
    sa.Column('place', sa.String(160), nullable=False),
    sa.Column('is_active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('seats BETWEEN 1 AND 1000', name=op.f('ck_training_room_seats_plausible')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_room')),
    sa.UniqueConstraint('key', name=op.f('uq_training_room_key')),
    sa.UniqueConstraint('name', name=op.f('uq_training_room_name'))
    )
    op.create_table('curriculum',
    sa.Column('programme_id', ROW, nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('decision', sa.String(120), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_curriculum_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_curriculum')),
    sa.UniqueConstraint('key', name=op.f('uq_curriculum_key')),
    sa.UniqueConstraint('programme_id', 'valid_from', name=op.f('uq_curriculum_programme_id_valid_from'))
    )
    with op.batch_alter_table('curriculum', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_curriculum_programme_id'), ['programme_id'], unique=False)

    op.create_table('programme_skill',
    sa.Column('id', ROW, nullable=False),
    sa.Column('programme_id', ROW, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('occupation_code', sa.String(length=6), nullable=True),
    sa.ForeignKeyConstraint(['occupation_code'], ['occupation.code'], name=op.f('fk_programme_skill_occupation_code')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_programme_skill_programme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_programme_skill')),
    sa.UniqueConstraint('programme_id', 'name', name=op.f('uq_programme_skill_programme_id_name'))
    )
    with op.batch_alter_table('programme_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_skill_occupation_code'), ['occupation_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_programme_skill_programme_id'), ['programme_id'], unique=False)

    op.create_table('trainer',
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('phone', sa.String(length=16), nullable=True),
    sa.Column('subject', sa.String(160), nullable=False),
    sa.Column('is_active', sa.Boolean(), server_default=sa.true(), nullable=False),
    sa.Column('account_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['user.id'], name=op.f('fk_trainer_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trainer')),
    sa.UniqueConstraint('account_id', name=op.f('uq_trainer_account_id')),
    sa.UniqueConstraint('key', name=op.f('uq_trainer_key'))
    )
    op.create_table('application',
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.Enum('counter', 'phone', 'online', 'enterprise', 'import', name='source_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('made_by_id', ROW, nullable=True),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_application_made_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_application_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('key', name=op.f('uq_application_key')),
    info={'privacy': 'basic'}
    )
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_application_person_id'), ['person_id'], unique=False)

    op.create_table('module',
    sa.Column('curriculum_id', ROW, nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(20), nullable=False),
    sa.Column('name', sa.String(160), nullable=False),
    sa.Column('theory_hours', sa.Integer(), nullable=False),
    sa.Column('practice_hours', sa.Integer(), nullable=False),
    sa.Column('exam_hours', sa.Integer(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint('theory_hours >= 0 AND practice_hours >= 0 AND exam_hours >= 0', name=op.f('ck_module_hours_not_negative')),
    sa.ForeignKeyConstraint(['curriculum_id'], ['curriculum.id'], name=op.f('fk_module_curriculum_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_module')),
    sa.UniqueConstraint('curriculum_id', 'code', name=op.f('uq_module_curriculum_id_code')),
    sa.UniqueConstraint('key', name=op.f('uq_module_key'))
    )
    with op.batch_alter_table('module', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_module_curriculum_id'), ['curriculum_id'], unique=False)

    op.create_table('training_class',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(160), nullable=False),
    sa.Column('folded', sa.String(length=400), nullable=False),
    sa.Column('programme_id', ROW, nullable=False),
    sa.Column('curriculum_id', ROW, nullable=True),
    sa.Column('state', sa.Enum('planned', 'enrolling', 'running', 'finished', 'closed', 'cancelled', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('course', sa.String(20), nullable=False),
    sa.Column('intake', sa.String(60), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('enrol_until', sa.Date(), nullable=True),
    sa.Column('places', sa.Integer(), nullable=False),
    sa.Column('taken', sa.Integer(), server_default='0', nullable=False),
    sa.Column('fill_rule', sa.Enum('first-come', 'priority', name='fill_rule_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('trainer_id', ROW, nullable=True),
    sa.Column('room_id', ROW, nullable=True),
    sa.Column('place', sa.String(160), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('weekdays', sa.String(400), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=True),
    sa.Column('ends_at', sa.Time(), nullable=True),
    sa.Column('session_hours', sa.Integer(), server_default='4', nullable=False),
    sa.Column('funding', sa.String(length=40), nullable=False),
    sa.Column('cost', sa.Integer(), nullable=True),
    sa.Column('fee', sa.Integer(), nullable=True),
    sa.Column('enterprise_id', ROW, nullable=True),
    sa.Column('contract_number', sa.String(60), nullable=False),
    sa.Column('contract_on', sa.Date(), nullable=True),
    sa.Column('ordered', sa.Integer(), nullable=True),
    sa.Column('decision_number', sa.String(60), nullable=False),
    sa.Column('decision_on', sa.Date(), nullable=True),
    sa.Column('decision_paper_id', ROW, nullable=True),
    sa.Column('cancel_reason', sa.String(300), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'cancelled') = (cancel_reason <> '')", name=op.f('ck_training_class_reason_when_cancelled')),
    sa.CheckConstraint("enterprise_id IS NOT NULL OR (contract_number = '' AND ordered IS NULL)", name=op.f('ck_training_class_order_names_firm')),
    sa.CheckConstraint('cost >= 0 AND fee >= 0', name=op.f('ck_training_class_money_not_negative')),
    sa.CheckConstraint('ends_at IS NULL OR ends_at > starts_at', name=op.f('ck_training_class_hours_in_order')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_training_class_ends_after_start')),
    sa.CheckConstraint('places BETWEEN 1 AND 500', name=op.f('ck_training_class_places_plausible')),
    sa.CheckConstraint('taken BETWEEN 0 AND places', name=op.f('ck_training_class_taken_within_places')),
    sa.ForeignKeyConstraint(['commune_code'], ['commune.code'], name=op.f('fk_training_class_commune_code')),
    sa.ForeignKeyConstraint(['curriculum_id'], ['curriculum.id'], name=op.f('fk_training_class_curriculum_id')),
    sa.ForeignKeyConstraint(['decision_paper_id'], ['paper.id'], name=op.f('fk_training_class_decision_paper_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_training_class_enterprise_id')),
    sa.ForeignKeyConstraint(['programme_id'], ['programme.id'], name=op.f('fk_training_class_programme_id')),
    sa.ForeignKeyConstraint(['room_id'], ['training_room.id'], name=op.f('fk_training_class_room_id')),
    sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], name=op.f('fk_training_class_trainer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training_class')),
    sa.UniqueConstraint('code', name=op.f('uq_training_class_code')),
    sa.UniqueConstraint('key', name=op.f('uq_training_class_key')),
    info={'privacy': 'none'}
    )
    with op.batch_alter_table('training_class', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_class_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_class_programme_id'), ['programme_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_class_room_id'), ['room_id'], unique=False)
        batch_op.create_index('ix_training_class_state_starts_on_id', ['state', 'starts_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_training_class_trainer_id'), ['trainer_id'], unique=False)

    op.create_table('class_session',
    sa.Column('class_id', ROW, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('starts_at', sa.Time(), nullable=False),
    sa.Column('ends_at', sa.Time(), nullable=False),
    sa.Column('kind', sa.Enum('theory', 'practice', 'exam', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('module_id', ROW, nullable=True),
    sa.Column('topic', sa.String(160), nullable=False),
    sa.Column('trainer_id', ROW, nullable=True),
    sa.Column('room_id', ROW, nullable=True),
    sa.Column('makes_up_id', ROW, nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_reason', sa.String(200), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(cancelled_at IS NULL) = (cancel_reason = '')", name=op.f('ck_class_session_reason_when_cancelled')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_class_session_hours_in_order')),
    sa.CheckConstraint('hours BETWEEN 1 AND 12', name=op.f('ck_class_session_hours_plausible')),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_class_session_class_id')),
    sa.ForeignKeyConstraint(['makes_up_id'], ['class_session.id'], name=op.f('fk_class_session_makes_up_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_class_session_module_id')),
    sa.ForeignKeyConstraint(['room_id'], ['training_room.id'], name=op.f('fk_class_session_room_id')),
    sa.ForeignKeyConstraint(['trainer_id'], ['trainer.id'], name=op.f('fk_class_session_trainer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_class_session')),
    sa.UniqueConstraint('key', name=op.f('uq_class_session_key')),
    sa.UniqueConstraint('makes_up_id', name=op.f('uq_class_session_makes_up_id')),
    info={'privacy': 'none'}
    )
    with op.batch_alter_table('class_session', schema=None) as batch_op:
        batch_op.create_index('ix_class_session_class_id_day', ['class_id', 'day', 'starts_at'], unique=False)
        batch_op.create_index('ix_class_session_day_class_id', ['day', 'class_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_class_session_room_id'), ['room_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_class_session_trainer_id'), ['trainer_id'], unique=False)

    op.create_table('enrolment',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('person_id', ROW, nullable=False),
    sa.Column('class_id', ROW, nullable=False),
    sa.Column('application_id', ROW, nullable=True),
    sa.Column('preference', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('applied', 'waiting', 'offered', 'enrolled', 'completed', 'failed', 'dropped', 'withdrawn', 'declined', 'expired', 'transferred', 'refused', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('holds_seat', sa.Boolean(), nullable=False),
    sa.Column('source', sa.Enum('counter', 'phone', 'online', 'enterprise', 'import', name='source_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('enterprise_id', ROW, nullable=True),
    sa.Column('job_title', sa.String(120), nullable=False),
    sa.Column('applied_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('offer_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('enrolled_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.String(300), nullable=False),
    sa.Column('funding', sa.String(length=40), nullable=False),
    sa.Column('target_group', sa.String(length=40), nullable=True),
    sa.Column('proof_number', sa.String(80), nullable=False),
    sa.Column('proof_issuer', sa.String(160), nullable=False),
    sa.Column('proof_on', sa.Date(), nullable=True),
    sa.Column('earlier_support', sa.Boolean(), nullable=True),
    sa.Column('support_turn', sa.Integer(), nullable=True),
    sa.Column('support_grounds', sa.String(160), nullable=False),
    sa.Column('came_from_id', ROW, nullable=True),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("holds_seat = (state IN ('offered', 'enrolled', 'completed', 'failed'))", name=op.f('ck_enrolment_seat_follows_state')),
    sa.CheckConstraint("state <> 'offered' OR offer_until IS NOT NULL", name=op.f('ck_enrolment_offer_has_an_end')),
    sa.CheckConstraint("support_turn IS NULL OR support_turn = 1 OR support_grounds <> ''", name=op.f('ck_enrolment_again_by_decision')),
    sa.CheckConstraint('preference BETWEEN 1 AND 3', name=op.f('ck_enrolment_preference_one_to_three')),
    sa.CheckConstraint('support_turn BETWEEN 1 AND 3', name=op.f('ck_enrolment_turn_one_to_three')),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_enrolment_application_id')),
    sa.ForeignKeyConstraint(['came_from_id'], ['enrolment.id'], name=op.f('fk_enrolment_came_from_id')),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_enrolment_class_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_enrolment_enterprise_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_enrolment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('key', name=op.f('uq_enrolment_key')),
    sa.UniqueConstraint('number', name=op.f('uq_enrolment_number'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enrolment_application_id'), ['application_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_came_from_id'), ['came_from_id'], unique=False)
        batch_op.create_index('ix_enrolment_class_id_state', ['class_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_enrolment_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_enrolment_state_offer_until', ['state', 'offer_until'], unique=False)
        batch_op.create_index('uq_enrolment_standing', ['class_id', 'person_id'], unique=True, sqlite_where=sa.text("state IN ('applied', 'waiting', 'offered', 'enrolled', 'completed', 'failed')"), postgresql_where=sa.text("state IN ('applied', 'waiting', 'offered', 'enrolled', 'completed', 'failed')"))
        batch_op.create_index('uq_enrolment_support', ['person_id', 'support_turn'], unique=True, sqlite_where=sa.text('support_turn IS NOT NULL'), postgresql_where=sa.text('support_turn IS NOT NULL'))



def downgrade() -> None:
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index('uq_enrolment_support', sqlite_where=sa.text('support_turn IS NOT NULL'), postgresql_where=sa.text('support_turn IS NOT NULL'))
        batch_op.drop_index('uq_enrolment_standing', sqlite_where=sa.text("state IN ('applied', 'waiting', 'offered', 'enrolled', 'completed', 'failed')"), postgresql_where=sa.text("state IN ('applied', 'waiting', 'offered', 'enrolled', 'completed', 'failed')"))
        batch_op.drop_index('ix_enrolment_state_offer_until')
        batch_op.drop_index(batch_op.f('ix_enrolment_person_id'))
        batch_op.drop_index(batch_op.f('ix_enrolment_enterprise_id'))
        batch_op.drop_index('ix_enrolment_class_id_state')
        batch_op.drop_index(batch_op.f('ix_enrolment_came_from_id'))
        batch_op.drop_index(batch_op.f('ix_enrolment_application_id'))

    op.drop_table('enrolment')
    with op.batch_alter_table('class_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_class_session_trainer_id'))
        batch_op.drop_index(batch_op.f('ix_class_session_room_id'))
        batch_op.drop_index('ix_class_session_day_class_id')
        batch_op.drop_index('ix_class_session_class_id_day')

    op.drop_table('class_session')
    with op.batch_alter_table('training_class', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_class_trainer_id'))
        batch_op.drop_index('ix_training_class_state_starts_on_id')
        batch_op.drop_index(batch_op.f('ix_training_class_room_id'))
        batch_op.drop_index(batch_op.f('ix_training_class_programme_id'))
        batch_op.drop_index(batch_op.f('ix_training_class_enterprise_id'))

    op.drop_table('training_class')
    with op.batch_alter_table('module', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_module_curriculum_id'))

    op.drop_table('module')
    with op.batch_alter_table('application', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_application_person_id'))

    op.drop_table('application')
    op.drop_table('trainer')
    with op.batch_alter_table('programme_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_skill_programme_id'))
        batch_op.drop_index(batch_op.f('ix_programme_skill_occupation_code'))

    op.drop_table('programme_skill')
    with op.batch_alter_table('curriculum', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_curriculum_programme_id'))

    op.drop_table('curriculum')
    op.drop_table('training_room')
    op.drop_table('programme_type_rule')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_type'))

    op.drop_table('programme')
    op.drop_table('plan_target')
