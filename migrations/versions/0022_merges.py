"""merges"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('person_merge',
    sa.Column('survivor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('loser_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('merged_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('overwritten', sa.LargeBinary(), nullable=True),
    sa.Column('stopped', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint('survivor_id <> loser_id', name=op.f('ck_person_merge_two_people')),
    sa.ForeignKeyConstraint(['loser_id'], ['person.id'], name=op.f('fk_person_merge_loser_id')),
    sa.ForeignKeyConstraint(['merged_by_id'], ['user.id'], name=op.f('fk_person_merge_merged_by_id')),
    sa.ForeignKeyConstraint(['survivor_id'], ['person.id'], name=op.f('fk_person_merge_survivor_id')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['user.id'], name=op.f('fk_person_merge_undone_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge')),
    sa.UniqueConstraint('key', name=op.f('uq_person_merge_key'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_merge_loser_id'), ['loser_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_survivor_id'), ['survivor_id'], unique=False)
        batch_op.create_index('uq_person_merge_standing', ['loser_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    op.create_table('suspected_pair',
    sa.Column('first_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('second_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('strength', sa.Integer(), nullable=False),
    sa.Column('reasons', sa.String(400), nullable=True),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('apart_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('apart_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_suspected_pair_first_before_second')),
    sa.CheckConstraint('strength BETWEEN 1 AND 4', name=op.f('ck_suspected_pair_strength_known')),
    sa.ForeignKeyConstraint(['apart_by_id'], ['user.id'], name=op.f('fk_suspected_pair_apart_by_id')),
    sa.ForeignKeyConstraint(['first_id'], ['person.id'], name=op.f('fk_suspected_pair_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['person.id'], name=op.f('fk_suspected_pair_second_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspected_pair')),
    sa.UniqueConstraint('first_id', 'second_id', name=op.f('uq_suspected_pair_first_id_second_id')),
    sa.UniqueConstraint('key', name=op.f('uq_suspected_pair_key')),
    info={'privacy': 'basic'}
    )
    with op.batch_alter_table('suspected_pair', schema=None) as batch_op:
        batch_op.create_index('ix_suspected_pair_open', ['apart_at', 'strength', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_suspected_pair_second_id'), ['second_id'], unique=False)

    op.create_table('seeker_merge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('survivor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('loser_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('overwritten', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['loser_id'], ['seeker.id'], name=op.f('fk_seeker_merge_loser_id')),
    sa.ForeignKeyConstraint(['merge_id'], ['person_merge.id'], name=op.f('fk_seeker_merge_merge_id')),
    sa.ForeignKeyConstraint(['survivor_id'], ['seeker.id'], name=op.f('fk_seeker_merge_survivor_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_seeker_merge')),
    sa.UniqueConstraint('merge_id', name=op.f('uq_seeker_merge_merge_id'))
    )
    with op.batch_alter_table('seeker_merge', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_seeker_merge_loser_id'), ['loser_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_seeker_merge_survivor_id'), ['survivor_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('seeker_merge', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_seeker_merge_survivor_id'))
        batch_op.drop_index(batch_op.f('ix_seeker_merge_loser_id'))

    op.drop_table('seeker_merge')
    with op.batch_alter_table('suspected_pair', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_suspected_pair_second_id'))
        batch_op.drop_index('ix_suspected_pair_open')

    op.drop_table('suspected_pair')
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.drop_index('uq_person_merge_standing', sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_person_merge_survivor_id'))
        batch_op.drop_index(batch_op.f('ix_person_merge_loser_id'))

    op.drop_table('person_merge')
