"""workforce by date; countries of capital as codes"""

import sqlalchemy as sa
from alembic import op


revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None
# What people had typed; another text stays as it is and is shown as it is.
COUNTRIES = {
    'Việt Nam': 'vn', 'Hàn Quốc': 'kr', 'Nhật Bản': 'jp', 'Trung Quốc': 'cn', 'Đài Loan': 'tw',
    'Hồng Kông': 'hk', 'Singapore': 'sg', 'Thái Lan': 'th', 'Malaysia': 'my', 'Ấn Độ': 'in',
    'Hoa Kỳ': 'us', 'Mỹ': 'us', 'Canada': 'ca', 'Đức': 'de', 'Bỉ': 'be', 'Hà Lan': 'nl',
    'Pháp': 'fr', 'Anh': 'gb', 'Ý': 'it', 'Thuỵ Sĩ': 'ch', 'Thụy Sĩ': 'ch', 'Thuỵ Điển': 'se',
    'Thụy Điển': 'se', 'Đan Mạch': 'dk', 'Nga': 'ru', 'Úc': 'au', 'Samoa': 'ws',
}


def rename(pairs) -> None:
    for old, new in pairs:
        op.get_bind().execute(
            sa.text('UPDATE enterprise SET capital_country = :new WHERE capital_country = :old'),
            {'old': old, 'new': new},
        )


def upgrade() -> None:
    op.create_table('workforce_figure',
    sa.Column('enterprise_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('vietnamese', sa.Integer(), nullable=False),
    sa.Column('foreign', sa.Integer(), nullable=False),
    sa.Column('female', sa.Integer(), nullable=True),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('note', sa.String(300), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recorded_by', sa.String(120), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('replaced_why', sa.String(300), nullable=False),
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.CheckConstraint('female IS NULL OR female BETWEEN 0 AND vietnamese + "foreign"', name=op.f('ck_workforce_figure_female_among_them')),
    sa.CheckConstraint('vietnamese >= 0 AND "foreign" >= 0', name=op.f('ck_workforce_figure_not_negative')),
    sa.ForeignKeyConstraint(['enterprise_id'], ['enterprise.id'], name=op.f('fk_workforce_figure_enterprise_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['user.id'], name=op.f('fk_workforce_figure_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_workforce_figure')),
    sa.UniqueConstraint('key', name=op.f('uq_workforce_figure_key'))
    )
    with op.batch_alter_table('workforce_figure', schema=None) as batch_op:
        batch_op.create_index('uq_workforce_figure_current', ['enterprise_id', 'as_of'], unique=True, sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))
    rename(COUNTRIES.items())


def downgrade() -> None:
    rename((code, name) for name, code in COUNTRIES.items())
    with op.batch_alter_table('workforce_figure', schema=None) as batch_op:
        batch_op.drop_index('uq_workforce_figure_current', sqlite_where=sa.text('replaced_at IS NULL'), postgresql_where=sa.text('replaced_at IS NULL'))

    op.drop_table('workforce_figure')
