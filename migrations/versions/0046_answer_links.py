"""links by which a firm answers without an account"""

import sqlalchemy as sa
from alembic import op


revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
LIVE = sa.text('answered_at IS NULL AND revoked_at IS NULL')


def upgrade() -> None:
    op.create_table('answer_link',
    sa.Column('vacancy_id', ROW, nullable=False),
    sa.Column('enterprise_id', ROW, nullable=False),
    sa.Column('contact_name', sa.String(120), nullable=False),
    sa.Column('contact_email', sa.String(120), nullable=True),
    sa.Column('made_by_id', ROW, nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', ROW, nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('expires_at > made_at', name=op.f('ck_answer_link_ends_after_made')),
    sa.CheckConstraint('answered_at IS NULL OR revoked_at IS NULL', name=op.f('ck_answer_link_answered_or_revoked_not_both')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_answer_link_enterprise_id')),
    sa.ForeignKeyConstraint(['made_by_id'], ['user.id'], name=op.f('fk_answer_link_made_by_id')),
    sa.ForeignKeyConstraint(['vacancy_id'], ['vacancy.id'], name=op.f('fk_answer_link_vacancy_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer_link')),
    sa.UniqueConstraint('key', name=op.f('uq_answer_link_key'))
    )
    with op.batch_alter_table('answer_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_answer_link_enterprise_id'), ['enterprise_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_answer_link_vacancy_id'), ['vacancy_id'], unique=False)
        batch_op.create_index('uq_answer_link_live', ['vacancy_id'], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)


def downgrade() -> None:
    op.drop_table('answer_link')
