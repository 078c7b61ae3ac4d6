"""synonyms, aliases, wage regions, target groups by date, the calendar"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def kept() -> tuple[sa.Column, sa.Column]:
    return (
        sa.Column('edited', sa.String(400), server_default='|', nullable=False),
        sa.Column('version', sa.Integer(), server_default='1', nullable=False),
    )


def upgrade() -> None:
    op.create_table('calendar_day',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.Enum('holiday', 'off', 'working', 'ordinary', name='kind_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('name_vi', sa.String(120), nullable=False),
    sa.Column('name_en', sa.String(120), nullable=False),
    sa.Column('source', sa.String(120), nullable=False),
    *kept(),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_day'))
    )
    op.create_table('target_group_rule',
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('on_form', sa.Enum('own', 'with', 'other', name='on_form_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('support', sa.Integer(), nullable=True),
    sa.Column('support_special', sa.Integer(), nullable=True),
    sa.Column('survey', sa.Enum('yes', 'relative', 'no', name='survey_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('note', sa.String(200), nullable=False),
    sa.Column('source', sa.String(120), nullable=False),
    *kept(),
    sa.PrimaryKeyConstraint('code', 'valid_from', name=op.f('pk_target_group_rule'))
    )
    op.create_table('commune_region',
    sa.Column('commune_code', sa.String(length=5), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('region', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(120), nullable=False),
    *kept(),
    sa.CheckConstraint('region BETWEEN 1 AND 4', name=op.f('ck_commune_region_region_known')),
    sa.ForeignKeyConstraint(['commune_code'], ['commune.code'], name=op.f('fk_commune_region_commune_code')),
    sa.PrimaryKeyConstraint('commune_code', 'valid_from', name=op.f('pk_commune_region'))
    )
    op.create_table('occupation_synonym',
    sa.Column('phrase', sa.String(120), nullable=False),
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('is_off', sa.Boolean(), server_default=sa.false(), nullable=False),
    *kept(),
    sa.ForeignKeyConstraint(['code'], ['occupation.code'], name=op.f('fk_occupation_synonym_code')),
    sa.PrimaryKeyConstraint('phrase', name=op.f('pk_occupation_synonym'))
    )
    with op.batch_alter_table('occupation_synonym', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_occupation_synonym_code'), ['code'], unique=False)
    op.add_column('commune', sa.Column('aliases', sa.String(400), server_default='|', nullable=False))
    op.add_column('park', sa.Column('communes', sa.String(400), server_default='|', nullable=False))
    op.add_column('park', sa.Column('wage_region', sa.Integer(), nullable=True))
    op.add_column('park', sa.Column('note', sa.String(200), server_default='', nullable=False))
    op.execute("UPDATE park SET communes = '|' || commune_code || '|' WHERE commune_code IS NOT NULL")


def downgrade() -> None:
    for column in ('note', 'wage_region', 'communes'):
        op.drop_column('park', column)
    op.drop_column('commune', 'aliases')
    op.drop_table('occupation_synonym')
    op.drop_table('commune_region')
    op.drop_table('target_group_rule')
    op.drop_table('calendar_day')
    # files of this version only: an upgrade loads them again
    op.execute("DELETE FROM loaded_file WHERE name IN ('synonyms.tsv', 'commune_aliases.csv', "
               "'commune_regions.csv', 'target_groups.csv', 'calendar.csv')")
