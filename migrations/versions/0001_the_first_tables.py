"""the first tables"""

import secrets

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('code_value',
    sa.Column('list', sa.String(length=12), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_vi', sa.String(160), nullable=False),
    sa.Column('name_en', sa.String(160), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(120), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.PrimaryKeyConstraint('list', 'code', name=op.f('pk_code_value'))
    )
    op.create_table('commune',
    sa.Column('code', sa.String(length=5), nullable=False),
    sa.Column('province_code', sa.String(length=2), nullable=False),
    sa.Column('province', sa.String(60), nullable=False),
    sa.Column('name', sa.String(60), nullable=False),
    sa.Column('full_name', sa.String(80), nullable=False),
    sa.Column('name_en', sa.String(80), nullable=False),
    sa.Column('lat', sa.Float(), nullable=True),
    sa.Column('lon', sa.Float(), nullable=True),
    sa.Column('before_merger', sa.String(2000), nullable=False),
    sa.Column('folded', sa.String(length=2200), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_commune'))
    )
    with op.batch_alter_table('commune', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_commune_province_code'), ['province_code'], unique=False)

    op.create_table('guess_counter',
    sa.Column('bucket', sa.String(length=64), nullable=False),
    sa.Column('window', sa.Integer(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('bucket', name=op.f('pk_guess_counter'))
    )
    op.create_table('ledger_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('actor', sa.String(120), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject_kind', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ledger_entry'))
    )
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.create_index('ix_ledger_entry_subject', ['subject_kind', 'subject_id', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ledger_entry_user_id'), ['user_id'], unique=False)

    op.create_table('loaded_file',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_loaded_file'))
    )
    op.create_table('match_change',
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('mark', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('seeker_id', name=op.f('pk_match_change'))
    )
    with op.batch_alter_table('match_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_match_change_mark'), ['mark'], unique=False)

    op.create_table('match_counter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('database', sa.String(length=32), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_match_counter'))
    )
    op.create_table('match_lexicon',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_match_lexicon'))
    )
    op.create_table('minimum_wage',
    sa.Column('region', sa.Integer(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('monthly', sa.Integer(), nullable=False),
    sa.Column('hourly', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(120), nullable=False),
    sa.PrimaryKeyConstraint('region', 'valid_from', name=op.f('pk_minimum_wage'))
    )
    op.create_table('occupation',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('level', sa.Integer(), nullable=False),
    sa.Column('name_vi', sa.String(250), nullable=False),
    sa.Column('name_en', sa.String(250), nullable=False),
    sa.Column('folded', sa.String(length=600), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_occupation'))
    )
    op.create_table('series_counter',
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.CheckConstraint('last >= 0', name=op.f('ck_series_counter_last_not_negative')),
    sa.PrimaryKeyConstraint('series', 'year', name=op.f('pk_series_counter'))
    )
    op.create_table('sight',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('fields', sa.String(length=300), nullable=False),
    sa.Column('purpose', sa.String(200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sight'))
    )
    with op.batch_alter_table('sight', schema=None) as batch_op:
        batch_op.create_index('ix_sight_person_at', ['person_id', 'at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sight_user_id'), ['user_id'], unique=False)

    op.create_table('submission',
    sa.Column('form_key', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('location', sa.String(length=500), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('form_key', name=op.f('pk_submission'))
    )
    op.create_table('user',
    sa.Column('login', sa.String(length=80), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('role', sa.Enum('administrator', 'manager', 'counsellor', 'school-staff', 'enterprise-user', 'seeker', name='role_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('is_active', sa.Boolean(), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user')),
    sa.UniqueConstraint('key', name=op.f('uq_user_key')),
    sa.UniqueConstraint('login', name=op.f('uq_user_login'))
    )
    op.create_table('login_session',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('browser', sa.String(200), nullable=False),
    sa.CheckConstraint('expires_at > started_at', name=op.f('ck_login_session_ends_after_start')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_login_session_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_login_session')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_login_session_token_hash'))
    )
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_login_session_user_id'), ['user_id'], unique=False)

    op.create_table('park',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('name_vi', sa.String(120), nullable=False),
    sa.Column('name_en', sa.String(120), nullable=False),
    sa.Column('aliases', sa.String(400), nullable=False),
    sa.Column('zone', sa.String(120), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['commune.code'], name=op.f('fk_park_commune_code')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_park'))
    )
    op.create_table('person',
    sa.Column('full_name', sa.String(120), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('birth_year', sa.Integer(), nullable=True),
    sa.Column('sex', sa.Enum('female', 'male', 'other', name='sex_known', native_enum=False, create_constraint=True, length=30), nullable=True),
    sa.Column('id_number', sa.LargeBinary(), nullable=True),
    sa.Column('id_number_blind', sa.String(length=64), nullable=True),
    sa.Column('id_tail_blind', sa.String(length=64), nullable=True),
    sa.Column('id_issued_on', sa.Date(), nullable=True),
    sa.Column('id_issued_by', sa.String(160), nullable=True),
    sa.Column('ethnicity', sa.LargeBinary(), nullable=True),
    sa.Column('phone', sa.String(length=16), nullable=True),
    sa.Column('email', sa.String(120), nullable=True),
    sa.Column('zalo', sa.String(40), nullable=True),
    sa.Column('permanent_commune', sa.String(length=5), nullable=True),
    sa.Column('permanent_detail', sa.String(200), nullable=True),
    sa.Column('current_commune', sa.String(length=5), nullable=True),
    sa.Column('current_detail', sa.String(200), nullable=True),
    sa.Column('social_insurance_number', sa.String(length=10), nullable=True),
    sa.Column('search', sa.String(length=300), nullable=False),
    sa.Column('sort', sa.String(length=700), nullable=False),
    sa.Column('merged_into_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('birth_year BETWEEN 1900 AND 2200', name=op.f('ck_person_birth_year_plausible')),
    sa.CheckConstraint('merged_into_id IS NULL OR merged_into_id <> id', name=op.f('ck_person_not_into_itself')),
    sa.ForeignKeyConstraint(['current_commune'], ['commune.code'], name=op.f('fk_person_current_commune')),
    sa.ForeignKeyConstraint(['merged_into_id'], ['person.id'], name=op.f('fk_person_merged_into_id')),
    sa.ForeignKeyConstraint(['permanent_commune'], ['commune.code'], name=op.f('fk_person_permanent_commune')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_person_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('id_number_blind', name=op.f('uq_person_id_number_blind')),
    sa.UniqueConstraint('key', name=op.f('uq_person_key')),
    sa.UniqueConstraint('user_id', name=op.f('uq_person_user_id'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_current_commune'), ['current_commune'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_id_tail_blind'), ['id_tail_blind'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_phone'), ['phone'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_search'), ['search'], unique=False)
        batch_op.create_index('ix_person_sort_id', ['sort', 'id'], unique=False)

    op.create_table('consent',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.Enum('register', 'introduce', 'publish', 'statistics', 'sensitive', 'keep', name='purpose_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('text_version', sa.String(length=20), nullable=False),
    sa.Column('way', sa.Enum('counter', 'paper', 'phone', 'online', name='way_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('evidence', sa.String(200), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('withdrawn_at IS NULL OR withdrawn_at >= given_at', name=op.f('ck_consent_withdrawn_after_given')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_consent_recorded_by_id')),
    sa.ForeignKeyConstraint(['withdrawn_by_id'], ['user.id'], name=op.f('fk_consent_withdrawn_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_consent_live', ['person_id', 'purpose'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('enterprise',
    sa.Column('name', sa.String(200), nullable=False),
    sa.Column('short_name', sa.String(60), nullable=False),
    sa.Column('folded', sa.String(length=300), nullable=False),
    sa.Column('tax_number', sa.String(length=14), nullable=True),
    sa.Column('is_individual', sa.Boolean(), nullable=False),
    sa.Column('type', sa.String(length=40), nullable=True),
    sa.Column('capital_country', sa.String(60), nullable=False),
    sa.Column('park_code', sa.String(length=40), nullable=True),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('address', sa.String(200), nullable=False),
    sa.Column('phone', sa.String(length=16), nullable=True),
    sa.Column('email', sa.String(120), nullable=True),
    sa.Column('sector', sa.String(120), nullable=False),
    sa.Column('product', sa.String(200), nullable=False),
    sa.Column('size_band', sa.String(length=40), nullable=True),
    sa.Column('standing', sa.Enum('pending', 'approved', 'suspended', name='standing_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['commune_code'], ['commune.code'], name=op.f('fk_enterprise_commune_code')),
    sa.ForeignKeyConstraint(['park_code'], ['park.code'], name=op.f('fk_enterprise_park_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enterprise')),
    sa.UniqueConstraint('key', name=op.f('uq_enterprise_key')),
    sa.UniqueConstraint('tax_number', name=op.f('uq_enterprise_tax_number'))
    )
    with op.batch_alter_table('enterprise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enterprise_folded'), ['folded'], unique=False)
        batch_op.create_index(batch_op.f('ix_enterprise_park_code'), ['park_code'], unique=False)

    op.create_table('seeker',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Enum('new', 'looking', 'referred', 'placed', 'found-alone', 'paused', 'closed', 'anonymised', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('general_education', sa.String(length=40), nullable=True),
    sa.Column('qualification', sa.String(length=40), nullable=True),
    sa.Column('skill_grade', sa.Integer(), nullable=True),
    sa.Column('office_it', sa.String(length=40), nullable=True),
    sa.Column('other_it', sa.String(200), nullable=True),
    sa.Column('soft_skills', sa.String(400), nullable=True),
    sa.Column('skills', sa.Text(), nullable=True),
    sa.Column('employment_status', sa.String(length=40), nullable=True),
    sa.Column('status_since', sa.Date(), nullable=True),
    sa.Column('job_loss_reason', sa.String(200), nullable=True),
    sa.Column('last_pay', sa.Integer(), nullable=True),
    sa.Column('on_unemployment_benefit', sa.Boolean(), nullable=True),
    sa.Column('services', sa.String(400), nullable=True),
    sa.Column('pay_wanted', sa.Integer(), nullable=True),
    sa.Column('pay_min', sa.Integer(), nullable=True),
    sa.Column('mode', sa.String(length=40), nullable=True),
    sa.Column('purpose', sa.String(length=40), nullable=True),
    sa.Column('shifts', sa.String(400), nullable=True),
    sa.Column('accepts_overtime', sa.Boolean(), nullable=True),
    sa.Column('needs_dormitory', sa.Boolean(), nullable=True),
    sa.Column('needs_bus', sa.Boolean(), nullable=True),
    sa.Column('employer_types', sa.String(400), nullable=True),
    sa.Column('parks', sa.String(400), nullable=True),
    sa.Column('available_on', sa.Date(), nullable=True),
    sa.Column('height_cm', sa.LargeBinary(), nullable=True),
    sa.Column('weight_kg', sa.LargeBinary(), nullable=True),
    sa.Column('health', sa.LargeBinary(), nullable=True),
    sa.Column('responsible_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.Text(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('pay_min IS NULL OR pay_min >= 0', name=op.f('ck_seeker_pay_min_not_negative')),
    sa.CheckConstraint('skill_grade BETWEEN 1 AND 7', name=op.f('ck_seeker_skill_grade_known')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_seeker_person_id')),
    sa.ForeignKeyConstraint(['responsible_id'], ['user.id'], name=op.f('fk_seeker_responsible_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seeker')),
    sa.UniqueConstraint('key', name=op.f('uq_seeker_key')),
    sa.UniqueConstraint('number', name=op.f('uq_seeker_number')),
    sa.UniqueConstraint('person_id', name=op.f('uq_seeker_person_id'))
    )
    with op.batch_alter_table('seeker', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seeker_responsible_id'), ['responsible_id'], unique=False)
        batch_op.create_index('ix_seeker_state_id', ['state', 'id'], unique=False)

    op.create_table('bus_route',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(80), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_bus_route_enterprise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bus_route'))
    )
    with op.batch_alter_table('bus_route', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bus_route_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('contact',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('position', sa.String(80), nullable=False),
    sa.Column('phone', sa.String(length=16), nullable=True),
    sa.Column('email', sa.String(120), nullable=True),
    sa.Column('takes_sms', sa.Boolean(), nullable=False),
    sa.Column('takes_email', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_contact_enterprise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('enterprise_member',
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_admin', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_enterprise_member_enterprise_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_enterprise_member_user_id')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_enterprise_member'))
    )
    with op.batch_alter_table('enterprise_member', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_enterprise_member_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('experience',
    sa.Column('employer', sa.String(160), nullable=False),
    sa.Column('position', sa.String(120), nullable=False),
    sa.Column('occupation_code', sa.String(length=6), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('duties', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= started_on', name=op.f('ck_experience_ends_after_start')),
    sa.ForeignKeyConstraint(['occupation_code'], ['occupation.code'], name=op.f('fk_experience_occupation_code')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_experience_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_experience'))
    )
    with op.batch_alter_table('experience', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_experience_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('language_skill',
    sa.Column('language', sa.String(40), nullable=False),
    sa.Column('ability', sa.String(length=40), nullable=True),
    sa.Column('certificate', sa.String(80), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_language_skill_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_language_skill')),
    sa.UniqueConstraint('seeker_id', 'language', name=op.f('uq_language_skill_seeker_id_language'))
    )
    with op.batch_alter_table('language_skill', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_language_skill_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('match_document',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_match_document_seeker_id')),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_match_document'))
    )
    with op.batch_alter_table('match_document', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_match_document_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('qualification',
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('field', sa.String(120), nullable=False),
    sa.Column('school', sa.String(160), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_qualification_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_qualification'))
    )
    with op.batch_alter_table('qualification', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_qualification_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('skill_certificate',
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('issued_on', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_skill_certificate_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_skill_certificate'))
    )
    with op.batch_alter_table('skill_certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_skill_certificate_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('target_group',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('proof_number', sa.String(80), nullable=False),
    sa.Column('issuer', sa.String(160), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_target_group_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target_group')),
    sa.UniqueConstraint('seeker_id', 'code', name=op.f('uq_target_group_seeker_id_code'))
    )
    with op.batch_alter_table('target_group', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_target_group_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('vacancy',
    sa.Column('number', sa.String(length=20), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('draft', 'submitted', 'open', 'on-hold', 'filled', 'closed', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.Column('title', sa.String(200), nullable=False),
    sa.Column('folded', sa.String(length=500), nullable=False),
    sa.Column('headcount', sa.Integer(), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('requirement', sa.Text(), nullable=False),
    sa.Column('occupation_code', sa.String(length=6), nullable=True),
    sa.Column('position', sa.String(length=40), nullable=True),
    sa.Column('general_education', sa.String(length=40), nullable=True),
    sa.Column('qualification', sa.String(length=40), nullable=True),
    sa.Column('field', sa.String(120), nullable=False),
    sa.Column('skill_grade', sa.Integer(), nullable=True),
    sa.Column('languages', sa.String(400), nullable=True),
    sa.Column('office_it', sa.String(length=40), nullable=True),
    sa.Column('soft_skills', sa.String(400), nullable=True),
    sa.Column('skills', sa.Text(), nullable=False),
    sa.Column('experience', sa.String(length=40), nullable=True),
    sa.Column('years_experience', sa.Integer(), nullable=True),
    sa.Column('park_code', sa.String(length=40), nullable=True),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('place', sa.String(200), nullable=False),
    sa.Column('contract', sa.String(length=40), nullable=True),
    sa.Column('extra_demands', sa.String(400), nullable=True),
    sa.Column('mode', sa.String(length=40), nullable=True),
    sa.Column('purpose', sa.String(length=40), nullable=True),
    sa.Column('pay_kind', sa.String(length=40), nullable=True),
    sa.Column('pay_min', sa.Integer(), nullable=True),
    sa.Column('pay_max', sa.Integer(), nullable=True),
    sa.Column('shift', sa.String(length=40), nullable=True),
    sa.Column('overtime_hours', sa.Integer(), nullable=True),
    sa.Column('benefits', sa.String(400), nullable=True),
    sa.Column('conditions', sa.String(400), nullable=True),
    sa.Column('priority_groups', sa.String(400), nullable=True),
    sa.Column('apply_ways', sa.String(400), nullable=True),
    sa.Column('services', sa.String(400), nullable=True),
    sa.Column('has_dormitory', sa.Boolean(), nullable=True),
    sa.Column('has_bus', sa.Boolean(), nullable=True),
    sa.Column('probation_days', sa.Integer(), nullable=True),
    sa.Column('safety_group', sa.Integer(), nullable=True),
    sa.Column('round', sa.String(40), nullable=False),
    sa.Column('deadline', sa.Date(), nullable=True),
    sa.Column('start_on', sa.Date(), nullable=True),
    sa.Column('genuine_requirement', sa.Text(), nullable=False),
    sa.Column('contact_name', sa.String(120), nullable=False),
    sa.Column('contact_phone', sa.String(length=16), nullable=True),
    sa.Column('contact_email', sa.String(120), nullable=True),
    sa.Column('firm_as_written', sa.String(200), nullable=False),
    sa.Column('source', sa.String(60), nullable=False),
    sa.Column('source_ref', sa.String(length=120), nullable=True),
    sa.Column('import_notes', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("state <> 'open' OR enterprise_id IS NOT NULL", name=op.f('ck_vacancy_open_names_firm')),
    sa.CheckConstraint('filled BETWEEN 0 AND headcount', name=op.f('ck_vacancy_filled_within_headcount')),
    sa.CheckConstraint('headcount >= 1', name=op.f('ck_vacancy_headcount_at_least_one')),
    sa.CheckConstraint('pay_max IS NULL OR pay_max >= pay_min', name=op.f('ck_vacancy_pay_in_order')),
    sa.ForeignKeyConstraint(['commune_code'], ['commune.code'], name=op.f('fk_vacancy_commune_code')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_vacancy_enterprise_id')),
    sa.ForeignKeyConstraint(['occupation_code'], ['occupation.code'], name=op.f('fk_vacancy_occupation_code')),
    sa.ForeignKeyConstraint(['park_code'], ['park.code'], name=op.f('fk_vacancy_park_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_vacancy')),
    sa.UniqueConstraint('key', name=op.f('uq_vacancy_key')),
    sa.UniqueConstraint('number', name=op.f('uq_vacancy_number')),
    sa.UniqueConstraint('source_ref', name=op.f('uq_vacancy_source_ref'))
    )
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_vacancy_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_vacancy_park_code'), ['park_code'], unique=False)
        batch_op.create_index('ix_vacancy_state_deadline_id', ['state', 'deadline', 'id'], unique=False)

    op.create_table('wish',
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(120), nullable=False),
    sa.Column('occupation_code', sa.String(length=6), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('rank BETWEEN 1 AND 3', name=op.f('ck_wish_rank_one_to_three')),
    sa.ForeignKeyConstraint(['occupation_code'], ['occupation.code'], name=op.f('fk_wish_occupation_code')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_wish_seeker_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wish')),
    sa.UniqueConstraint('seeker_id', 'rank', name=op.f('uq_wish_seeker_id_rank'))
    )
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wish_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('bus_stop',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('route_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.Column('commune_code', sa.String(length=5), nullable=True),
    sa.Column('at', sa.String(20), nullable=False),
    sa.CheckConstraint('position >= 1', name=op.f('ck_bus_stop_position_from_one')),
    sa.ForeignKeyConstraint(['commune_code'], ['commune.code'], name=op.f('fk_bus_stop_commune_code')),
    sa.ForeignKeyConstraint(['route_id'], ['bus_route.id'], name=op.f('fk_bus_stop_route_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bus_stop')),
    sa.UniqueConstraint('route_id', 'position', name=op.f('uq_bus_stop_route_id_position'))
    )
    with op.batch_alter_table('bus_stop', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_bus_stop_route_id'), ['route_id'], unique=False)

    op.create_table('recommendation',
    sa.Column('audience', sa.Enum('counsellor', 'enterprise', 'seeker', name='audience_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('vacancy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.String(60), nullable=False),
    sa.Column('lexicon', sa.String(length=64), nullable=True),
    sa.Column('query', sa.JSON(), nullable=False),
    sa.Column('settings', sa.JSON(), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_recommendation_seeker_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_recommendation_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation')),
    sa.UniqueConstraint('key', name=op.f('uq_recommendation_key'))
    )
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_seeker_id'), ['seeker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recommendation_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('referral',
    sa.Column('vacancy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('asked', 'declined', name='state_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('asked_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by_id'], ['user.id'], name=op.f('fk_referral_asked_by_id')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_referral_seeker_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_referral_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_referral')),
    sa.UniqueConstraint('key', name=op.f('uq_referral_key'))
    )
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_referral_seeker_id'), ['seeker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_referral_vacancy_id'), ['vacancy_id'], unique=False)
        batch_op.create_index('uq_referral_live', ['vacancy_id', 'seeker_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    op.create_table('required_certificate',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vacancy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(120), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_required_certificate_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_required_certificate')),
    sa.UniqueConstraint('vacancy_id', 'name', name=op.f('uq_required_certificate_vacancy_id_name'))
    )
    with op.batch_alter_table('required_certificate', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_required_certificate_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('set_aside',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vacancy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Enum('skill', 'place', 'shift', 'pay', 'unreachable', 'not-wanted', 'other', name='reason_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_set_aside_by_id')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_set_aside_seeker_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_set_aside_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_set_aside')),
    sa.UniqueConstraint('vacancy_id', 'seeker_id', name=op.f('uq_set_aside_vacancy_id_seeker_id'))
    )
    with op.batch_alter_table('set_aside', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_set_aside_seeker_id'), ['seeker_id'], unique=False)

    op.create_table('wording_flag',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vacancy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('sex', 'age', 'origin', 'looks', 'marital', 'legal-age', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('field', sa.String(length=20), nullable=False),
    sa.Column('excerpt', sa.String(300), nullable=False),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_wording_flag_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wording_flag'))
    )
    with op.batch_alter_table('wording_flag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wording_flag_vacancy_id'), ['vacancy_id'], unique=False)

    op.create_table('recommendation_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('recommendation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('seeker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('vacancy_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.Column('job_fit', sa.Integer(), nullable=False),
    sa.Column('wish_fit', sa.Integer(), nullable=False),
    sa.Column('price', sa.Double(), nullable=False),
    sa.Column('document', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['recommendation_id'], ['recommendation.id'], name=op.f('fk_recommendation_item_recommendation_id')),
    sa.ForeignKeyConstraint(['seeker_id'], ['seeker.id'], name=op.f('fk_recommendation_item_seeker_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_recommendation_item_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recommendation_item')),
    sa.UniqueConstraint('recommendation_id', 'rank', name=op.f('uq_recommendation_item_recommendation_id_rank'))
    )
    with op.batch_alter_table('recommendation_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recommendation_item_seeker_id'), ['seeker_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_recommendation_item_vacancy_id'), ['vacancy_id'], unique=False)

    # The row that triggers raise, and the random name of this database.
    op.execute(
        sa.text("INSERT INTO match_counter (id, value, database) VALUES (1, 0, :name)").bindparams(
            name=secrets.token_hex(16)
        )
    )


def downgrade() -> None:
    with op.batch_alter_table('recommendation_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_item_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_recommendation_item_seeker_id'))

    op.drop_table('recommendation_item')
    with op.batch_alter_table('wording_flag', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wording_flag_vacancy_id'))

    op.drop_table('wording_flag')
    with op.batch_alter_table('set_aside', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_set_aside_seeker_id'))

    op.drop_table('set_aside')
    with op.batch_alter_table('required_certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_required_certificate_vacancy_id'))

    op.drop_table('required_certificate')
    with op.batch_alter_table('referral', schema=None) as batch_op:
        batch_op.drop_index('uq_referral_live', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index(batch_op.f('ix_referral_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_referral_seeker_id'))

    op.drop_table('referral')
    with op.batch_alter_table('recommendation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recommendation_vacancy_id'))
        batch_op.drop_index(batch_op.f('ix_recommendation_seeker_id'))

    op.drop_table('recommendation')
    with op.batch_alter_table('bus_stop', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bus_stop_route_id'))

    op.drop_table('bus_stop')
    with op.batch_alter_table('wish', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wish_seeker_id'))

    op.drop_table('wish')
    with op.batch_alter_table('vacancy', schema=None) as batch_op:
        batch_op.drop_index('ix_vacancy_state_deadline_id')
        batch_op.drop_index(batch_op.f('ix_vacancy_park_code'))
        batch_op.drop_index(batch_op.f('ix_vacancy_enterprise_id'))

    op.drop_table('vacancy')
    with op.batch_alter_table('target_group', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_target_group_seeker_id'))

    op.drop_table('target_group')
    with op.batch_alter_table('skill_certificate', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_skill_certificate_seeker_id'))

    op.drop_table('skill_certificate')
    with op.batch_alter_table('qualification', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_qualification_seeker_id'))

    op.drop_table('qualification')
    with op.batch_alter_table('match_document', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_document_seeker_id'))

    op.drop_table('match_document')
    with op.batch_alter_table('language_skill', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_language_skill_seeker_id'))

    op.drop_table('language_skill')
    with op.batch_alter_table('experience', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_experience_seeker_id'))

    op.drop_table('experience')
    with op.batch_alter_table('enterprise_member', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enterprise_member_enterprise_id'))

    op.drop_table('enterprise_member')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_enterprise_id'))

    op.drop_table('contact')
    with op.batch_alter_table('bus_route', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_bus_route_enterprise_id'))

    op.drop_table('bus_route')
    with op.batch_alter_table('seeker', schema=None) as batch_op:
        batch_op.drop_index('ix_seeker_state_id')
        batch_op.drop_index(batch_op.f('ix_seeker_responsible_id'))

    op.drop_table('seeker')
    with op.batch_alter_table('enterprise', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_enterprise_park_code'))
        batch_op.drop_index(batch_op.f('ix_enterprise_folded'))

    op.drop_table('enterprise')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index('uq_consent_live', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_consent_person_id'))

    op.drop_table('consent')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index('ix_person_sort_id')
        batch_op.drop_index(batch_op.f('ix_person_search'))
        batch_op.drop_index(batch_op.f('ix_person_phone'))
        batch_op.drop_index(batch_op.f('ix_person_merged_into_id'))
        batch_op.drop_index(batch_op.f('ix_person_id_tail_blind'))
        batch_op.drop_index(batch_op.f('ix_person_current_commune'))

    op.drop_table('person')
    op.drop_table('park')
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_login_session_user_id'))

    op.drop_table('login_session')
    op.drop_table('user')
    op.drop_table('submission')
    with op.batch_alter_table('sight', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sight_user_id'))
        batch_op.drop_index('ix_sight_person_at')

    op.drop_table('sight')
    op.drop_table('series_counter')
    op.drop_table('occupation')
    op.drop_table('minimum_wage')
    op.drop_table('match_lexicon')
    op.drop_table('match_counter')
    with op.batch_alter_table('match_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_match_change_mark'))

    op.drop_table('match_change')
    op.drop_table('loaded_file')
    with op.batch_alter_table('ledger_entry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ledger_entry_user_id'))
        batch_op.drop_index('ix_ledger_entry_subject')

    op.drop_table('ledger_entry')
    op.drop_table('guess_counter')
    with op.batch_alter_table('commune', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_commune_province_code'))

    op.drop_table('commune')
    op.drop_table('code_value')
