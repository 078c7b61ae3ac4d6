"""second factor with recovery codes; sessions that can be listed, half open and proved"""

import uuid

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recovery_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_recovery_code_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('user_id', 'code_hash', name=op.f('uq_recovery_code_user_id_code_hash'))
    )
    op.add_column('user', sa.Column('totp_secret', sa.LargeBinary(), nullable=True))
    op.add_column('user', sa.Column('totp_since', sa.DateTime(timezone=True), nullable=True))
    op.add_column('user', sa.Column('totp_step', sa.BigInteger(), nullable=False, server_default='0'))
    op.add_column('login_session', sa.Column('key', sa.Uuid(), nullable=True))
    op.add_column('login_session', sa.Column('awaits_code', sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column('login_session', sa.Column('address', sa.String(length=45), nullable=False, server_default=''))
    op.add_column('login_session', sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True))
    op.add_column('login_session', sa.Column('acted_at', sa.DateTime(timezone=True), nullable=True))
    row = sa.table('login_session', sa.column('id', sa.Integer), sa.column('key', sa.Uuid),
                   sa.column('started_at', sa.DateTime), sa.column('proved_at', sa.DateTime),
                   sa.column('acted_at', sa.DateTime))
    connection = op.get_bind()
    connection.execute(sa.update(row).values(proved_at=row.c.started_at, acted_at=row.c.started_at))
    for number in connection.scalars(sa.select(row.c.id)).all():
        connection.execute(sa.update(row).where(row.c.id == number).values(key=uuid.uuid4()))
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.alter_column('key', existing_type=sa.Uuid(), nullable=False)
        batch_op.alter_column('proved_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('acted_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('awaits_code', existing_type=sa.Boolean(), server_default=None)
        batch_op.alter_column('address', existing_type=sa.String(length=45), server_default=None)
        batch_op.create_unique_constraint(batch_op.f('uq_login_session_key'), ['key'])


def downgrade() -> None:
    # a session that waits for its second factor must not become a whole one
    op.execute(sa.text("DELETE FROM login_session WHERE awaits_code"))
    with op.batch_alter_table('login_session', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_login_session_key'), type_='unique')
        for name in ('key', 'awaits_code', 'address', 'proved_at', 'acted_at'):
            batch_op.drop_column(name)
    with op.batch_alter_table('user', schema=None) as batch_op:
        for name in ('totp_secret', 'totp_since', 'totp_step'):
            batch_op.drop_column(name)
    op.drop_table('recovery_code')
