"""attendance, marks, results; teachers sign in"""

import sqlalchemy as sa
from alembic import op


revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

OLD = ('administrator', 'manager', 'counsellor', 'school-staff', 'enterprise-user', 'seeker')
NEW = ('administrator', 'manager', 'counsellor', 'school-staff', 'teacher', 'enterprise-user',
       'seeker')
ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')


def roles_are(roles: tuple[str, ...]) -> None:
    """Let accounts and invitations bear these roles and no others."""
    known = ', '.join(f"'{role}'" for role in roles)
    for table in ('user', 'invitation'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f'ck_{table}_role_known'), type_='check')
            batch_op.create_check_constraint(op.f(f'ck_{table}_role_known'), f'role IN ({known})')


def upgrade() -> None:
    roles_are(NEW)
    op.create_table('attendance_day',
    sa.Column('class_id', ROW, nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('locked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('locked_by_id', ROW, nullable=True),
    sa.Column('open_until', sa.Date(), nullable=True),
    sa.Column('open_reason', sa.String(200), nullable=False),
    sa.Column('opened_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_attendance_day_class_id')),
    sa.ForeignKeyConstraint(['locked_by_id'], ['user.id'], name=op.f('fk_attendance_day_locked_by_id')),
    sa.ForeignKeyConstraint(['opened_by_id'], ['user.id'], name=op.f('fk_attendance_day_opened_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_day')),
    sa.UniqueConstraint('class_id', 'day', name=op.f('uq_attendance_day_class_id_day')),
    sa.UniqueConstraint('key', name=op.f('uq_attendance_day_key'))
    )
    op.create_table('mark_sheet',
    sa.Column('class_id', ROW, nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['class_id'], ['training_class.id'], name=op.f('fk_mark_sheet_class_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark_sheet')),
    sa.UniqueConstraint('class_id', 'code', name=op.f('uq_mark_sheet_class_id_code')),
    sa.UniqueConstraint('key', name=op.f('uq_mark_sheet_key'))
    )
    op.create_table('attendance',
    sa.Column('id', ROW, nullable=False),
    sa.Column('session_id', ROW, nullable=False),
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('state', sa.Enum('present', 'late', 'excused', 'unexcused', 'made-up', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('missed', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(120), nullable=False),
    sa.Column('recorded_by_id', ROW, nullable=True),
    sa.CheckConstraint("missed = 0 OR state = 'late'", name=op.f('ck_attendance_minutes_of_the_late')),
    sa.CheckConstraint('missed BETWEEN 0 AND 720', name=op.f('ck_attendance_minutes_plausible')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_attendance_enrolment_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_attendance_recorded_by_id')),
    sa.ForeignKeyConstraint(['session_id'], ['class_session.id'], name=op.f('fk_attendance_session_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance')),
    sa.UniqueConstraint('session_id', 'enrolment_id', name=op.f('uq_attendance_session_id_enrolment_id'))
    )
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendance_enrolment_id'), ['enrolment_id'], unique=False)

    op.create_table('mark',
    sa.Column('id', ROW, nullable=False),
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('module_id', ROW, nullable=True),
    sa.Column('kind', sa.Enum('regular', 'periodic', 'end', 'exam-theory', 'exam-practice', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('tenths', sa.Integer(), nullable=False),
    sa.Column('recorded_by_id', ROW, nullable=True),
    sa.CheckConstraint("(module_id IS NULL) = (kind IN ('exam-theory', 'exam-practice'))", name=op.f('ck_mark_module_or_exam')),
    sa.CheckConstraint('tenths BETWEEN 0 AND 100', name=op.f('ck_mark_out_of_ten')),
    sa.CheckConstraint('turn BETWEEN 1 AND 6', name=op.f('ck_mark_turn_plausible')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_mark_enrolment_id')),
    sa.ForeignKeyConstraint(['module_id'], ['module.id'], name=op.f('fk_mark_module_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_mark_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mark'))
    )
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mark_module_id'), ['module_id'], unique=False)
        batch_op.create_index('uq_mark_exam', ['enrolment_id', 'kind', 'turn'], unique=True, sqlite_where=sa.text('module_id IS NULL'), postgresql_where=sa.text('module_id IS NULL'))
        batch_op.create_index('uq_mark_module', ['enrolment_id', 'module_id', 'kind', 'turn'], unique=True, sqlite_where=sa.text('module_id IS NOT NULL'), postgresql_where=sa.text('module_id IS NOT NULL'))

    op.create_table('result',
    sa.Column('enrolment_id', ROW, nullable=False),
    sa.Column('average', sa.Integer(), nullable=True),
    sa.Column('grade', sa.Enum('excellent', 'good', 'fair', 'fairly-average', 'average', 'passed', 'failed', name='grade_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('is_passed', sa.Boolean(), nullable=False),
    sa.Column('is_sealed', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('rule_from', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('decided_by_id', ROW, nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("is_passed = (grade <> 'failed')", name=op.f('ck_result_grade_says_passed')),
    sa.CheckConstraint('average IS NULL OR average BETWEEN 0 AND 100', name=op.f('ck_result_out_of_ten')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['user.id'], name=op.f('fk_result_decided_by_id')),
    sa.ForeignKeyConstraint(['enrolment_id'], ['enrolment.id'], name=op.f('fk_result_enrolment_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result')),
    sa.UniqueConstraint('enrolment_id', name=op.f('uq_result_enrolment_id')),
    sa.UniqueConstraint('key', name=op.f('uq_result_key'))
    )


def downgrade() -> None:
    # the earlier program knows no teachers: their accounts stay, blocked, as the school's
    op.execute("""UPDATE "user" SET role = 'school-staff', is_active = false WHERE role = 'teacher'""")
    op.execute("UPDATE invitation SET role = 'school-staff' WHERE role = 'teacher'")
    roles_are(OLD)
    op.drop_table('result')
    with op.batch_alter_table('mark', schema=None) as batch_op:
        batch_op.drop_index('uq_mark_module', sqlite_where=sa.text('module_id IS NOT NULL'), postgresql_where=sa.text('module_id IS NOT NULL'))
        batch_op.drop_index('uq_mark_exam', sqlite_where=sa.text('module_id IS NULL'), postgresql_where=sa.text('module_id IS NULL'))
        batch_op.drop_index(batch_op.f('ix_mark_module_id'))

    op.drop_table('mark')
    with op.batch_alter_table('attendance', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendance_enrolment_id'))

    op.drop_table('attendance')
    op.drop_table('mark_sheet')
    op.drop_table('attendance_day')
