"""consent texts"""

import datetime as dt

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None

VERSION, FROM = '2026-01', dt.date(2026, 1, 1)
CENTRE = 'Trung tâm Dịch vụ việc làm – Ban Quản lý Khu kinh tế Hải Phòng'
CENTRE_EN = 'the Employment Service Centre of the Hải Phòng Economic Zone Authority'
TEXTS = {
    'register': (
        f'Tôi đồng ý để {CENTRE} ghi và lưu họ tên, ngày sinh, giới tính, số CCCD, điện thoại, nơi ở, '
        'học vấn, nghề, việc đã làm và mong muốn của tôi, chỉ để tư vấn và tìm việc cho tôi. '
        'Tôi rút lại lúc nào cũng được; khi đó trung tâm thôi dùng hồ sơ này để tìm việc.',
        f'I agree that {CENTRE_EN} writes down and keeps my name, birth date, sex, ID number, phone, '
        'address, schooling, occupation, work history and wishes, only to advise me and to find me work. '
        'I may withdraw at any time; the centre then stops using this file to find work.',
    ),
    'introduce': (
        'Tôi đồng ý để trung tâm giới thiệu tôi với doanh nghiệp có việc hợp. Trước mỗi nơi, trung tâm hỏi lại tôi. '
        'Chỉ khi tôi nhận lời với nơi đó, tên và số điện thoại của tôi mới đến nơi đó, và nơi đó chỉ dùng '
        'để tuyển dụng. Không trúng tuyển thì nơi đó không giữ dữ liệu của tôi.',
        'I agree that the centre introduces me to enterprises with suitable work. The centre asks me again '
        'before each one. Only when I say yes to that enterprise do my name and phone number reach it, and '
        'it uses them for recruitment alone. If I am not hired, it keeps no data of mine.',
    ),
    'publish': (
        'Tôi đồng ý để doanh nghiệp xem hồ sơ đã che của tôi: nghề, kinh nghiệm, học vấn, mong muốn và phường, xã nơi ở. '
        'Hồ sơ này không có tên, tuổi, giới tính, điện thoại và số CCCD.',
        'I agree that enterprises see a masked profile of mine: occupation, experience, schooling, wishes and '
        'the commune where I live. It holds no name, age, sex, phone or ID number.',
    ),
    'statistics': (
        'Tôi đồng ý để trung tâm dùng số liệu của tôi, đã bỏ tên và mọi thứ nhận ra tôi, để thống kê thị trường lao động.',
        'I agree that the centre uses my figures, without my name and anything that tells who I am, for labour '
        'market statistics.',
    ),
    'sensitive': (
        'Tôi biết dân tộc, sức khoẻ, khuyết tật và diện ưu tiên là dữ liệu cá nhân nhạy cảm. Tôi đồng ý để trung tâm '
        'ghi những điều đó, chỉ để xét hỗ trợ, ưu tiên và chọn việc hợp sức khoẻ. Mỗi lần có người xem đều được ghi lại. '
        'Không ghi thì việc tìm việc của tôi vẫn như thường.',
        'I know that ethnicity, health, disability and target groups are sensitive personal data. I agree that the '
        'centre writes them down, only to consider support and priority and to choose work that suits my health. '
        'Every look at them is recorded. Without them my search for work goes on as usual.',
    ),
    'keep': (
        'Tôi đồng ý để trung tâm giữ hồ sơ của tôi sau khi không trúng tuyển, để lần sau không phải khai lại từ đầu. '
        'Tôi có thể xin xoá lúc nào cũng được.',
        'I agree that the centre keeps my file after I was not hired, so that I need not tell everything again. '
        'I may ask for it to be erased at any time.',
    ),
}


def upgrade() -> None:
    table = op.create_table('consent_text',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.Enum(*TEXTS, name='purpose_known', native_enum=False, length=30, create_constraint=True), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('text_vi', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('added_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['added_by_id'], ['user.id'], name=op.f('fk_consent_text_added_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent_text')),
    sa.UniqueConstraint('purpose', 'valid_from', name=op.f('uq_consent_text_purpose_valid_from')),
    sa.UniqueConstraint('purpose', 'version', name=op.f('uq_consent_text_purpose_version'))
    )
    op.bulk_insert(table, [
        {'purpose': purpose, 'version': VERSION, 'valid_from': FROM, 'text_vi': vi, 'text_en': en}
        for purpose, (vi, en) in TEXTS.items()
    ])
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f('fk_consent_purpose_text_version'), 'consent_text',
            ['purpose', 'text_version'], ['purpose', 'version'],
        )


def downgrade() -> None:
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_consent_purpose_text_version'), type_='foreignkey')
    op.drop_table('consent_text')
