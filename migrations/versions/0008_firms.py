"""firms: standing with its reason, branches, invitations"""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None
OLD = "standing IN ('pending', 'approved', 'suspended')"
NEW = "standing IN ('pending', 'approved', 'suspended', 'banned')"


def upgrade() -> None:
    op.create_table('firm_invitation',
    sa.Column('invitation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_admin', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_firm_invitation_enterprise_id')),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitation.id'], name=op.f('fk_firm_invitation_invitation_id')),
    sa.PrimaryKeyConstraint('invitation_id', name=op.f('pk_firm_invitation'))
    )
    with op.batch_alter_table('firm_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_firm_invitation_enterprise_id'), ['enterprise_id'], unique=False)

    op.create_table('standing_change',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('before', sa.Enum('pending', 'approved', 'suspended', 'banned', name='before_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('after', sa.Enum('pending', 'approved', 'suspended', 'banned', name='after_known', native_enum=False, create_constraint=True, length=30), nullable=False),
    sa.Column('reason', sa.String(500), nullable=False),
    sa.Column('by_user_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('by_name', sa.String(120), nullable=False),
    sa.ForeignKeyConstraint(['by_user_id'], ['user.id'], name=op.f('fk_standing_change_by_user_id')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_standing_change_enterprise_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_standing_change'))
    )
    with op.batch_alter_table('standing_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_standing_change_enterprise_id'), ['enterprise_id'], unique=False)

    with op.batch_alter_table('enterprise', schema=None) as batch_op:
        batch_op.add_column(sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_enterprise_parent_id'), ['parent_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_enterprise_parent_id'), 'enterprise', ['parent_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_enterprise_not_its_own_parent'), 'parent_id IS NULL OR parent_id <> id')
        batch_op.drop_constraint(batch_op.f('ck_enterprise_standing_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_enterprise_standing_known'), NEW)

    with op.batch_alter_table('enterprise_member', schema=None) as batch_op:
        batch_op.add_column(sa.Column('joined_at', sa.DateTime(timezone=True), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('enterprise_member', schema=None) as batch_op:
        batch_op.drop_column('joined_at')

    # the earlier program knows no ban: such firms stay closed as paused ones
    op.execute("UPDATE enterprise SET standing = 'suspended' WHERE standing = 'banned'")
    with op.batch_alter_table('enterprise', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_enterprise_standing_known'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_enterprise_standing_known'), OLD)
        batch_op.drop_constraint(batch_op.f('ck_enterprise_not_its_own_parent'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_enterprise_parent_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_enterprise_parent_id'))
        batch_op.drop_column('parent_id')

    with op.batch_alter_table('standing_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_standing_change_enterprise_id'))

    op.drop_table('standing_change')
    with op.batch_alter_table('firm_invitation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_firm_invitation_enterprise_id'))

    op.drop_table('firm_invitation')
