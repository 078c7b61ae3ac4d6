"""tries to sign in; accounts searchable by name without marks"""

import sqlalchemy as sa
from alembic import op

from jobcenter.kernel import vietnamese

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('sign_in',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.Enum('ok', 'wrong', 'wrong-code', 'blocked', 'too-many', name='outcome_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('address', sa.String(length=45), nullable=False),
    sa.Column('browser', sa.String(200), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sign_in_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_user_id', ['user_id', 'id'], unique=False)
    op.add_column('user', sa.Column('folded', sa.String(length=400), nullable=False, server_default=''))
    user = sa.table('user', sa.column('id', sa.Integer), sa.column('name', sa.String),
                    sa.column('folded', sa.String))
    connection = op.get_bind()
    for row in connection.execute(sa.select(user.c.id, user.c.name)).all():
        connection.execute(
            sa.update(user).where(user.c.id == row.id).values(folded=vietnamese.fold(row.name)[:400])
        )


def downgrade() -> None:
    op.drop_column('user', 'folded')
    op.drop_table('sign_in')
