"""The fields that several families share: how they are called in questions and in JSON."""

from __future__ import annotations

from dataclasses import replace

from sightline.scenes.facts import FieldKind

COMPANY = FieldKind(
    "company",
    ("company", "company name", "name of the company", "issuer", "organisation", "business name"),
    ("company", "company_name", "issuer", "organisation", "business_name"),
    (
        "What is the name of the company that issued this {doc}?",
        "What is the name of the company that issued this {doc}?", "Who issued this {doc}?", "Who is this from?",
        "who is it from",
        "Which company is this {doc} from?", "Which business printed this {doc}?",
        "Which company issued it?", "From which company is this?", "company?",
    ),
    weight=4.0,
)  # fmt: skip
DATE = FieldKind(
    "date",
    ("date", "date of issue", "issue date", "document date", "printed date"),
    ("date", "issue_date", "issued_on", "Date", "day", "issued", "date_of_issue"),
    (
        "What is the date on this {doc}?", "What is the date on this {doc}?", "What's the date?",
        "When was this {doc} issued?", "when was it", "On what day was this printed?", "What date is it from?",
        "date?", "When did this take place?", "What is the date of the {doc}?", "On which date was it issued?",
        "which day",
    ),
    weight=4.0,
)  # fmt: skip
TIME = FieldKind(
    "time",
    ("time", "time of day", "hour"),
    ("time", "time_of_day", "hour"),
    ("At what time was it printed?", "what time was it"),
    weight=0.7,
)
TOTAL = FieldKind(
    "total",
    ("total", "total amount", "grand total", "amount due", "final amount", "amount to pay", "total price",
    "sum total", "total to pay", "total cost"),
    ("total", "total_amount", "amount", "grand_total", "total_price", "amount_due", "sum", "total_cost", "Total",
    "amount_total", "price_total", "final_total"),
    (
        "What is the total amount on this {doc}?", "What is the total amount on this {doc}?",
        "How much was paid in total?", "What is the total?", "How much is it in total?", "how much in total",
        "How much did it cost altogether?", "How much has to be paid?", "total?", "What is the grand total?",
        "What does it all come to?", "How much money was spent?", "What's the final amount?",
        "How much is the {doc} for?", "how much was it",
    ),
    is_number=True, weight=3.6,
)  # fmt: skip
SUBTOTAL = FieldKind("subtotal", ("subtotal", "sub total", "net amount", "amount before tax", "total before tax"),
("subtotal", "sub_total", "net", "net_amount", "total_net", "amount_before_tax"),
                     ("How much is it before tax?", "What is the amount without tax?", "How much is the subtotal?"),
                     is_number=True)  # fmt: skip
TAX = FieldKind("tax", ("tax", "tax amount", "amount of tax", "GST", "VAT", "sales tax", "VAT amount"),
("tax", "tax_amount", "gst", "vat", "vat_amount", "total_tax", "sales_tax", "tax_total"),
                ("How much tax was paid?", "How much tax is there?", "how much tax", "How much of it is tax?",
                "How much GST is charged?", "What does the tax come to?"), is_number=True, weight=1.3)  # fmt: skip
ADDRESS = FieldKind(
    "address",
    ("address", "full address", "address of the company", "street address", "location"),
    ("address", "street_address", "location", "company_address", "addr"),
    (
        "What is the address on this {doc}?", "What is the address on this {doc}?", "Where is this company located?",
        "address?",
        "At which address are they?", "Where is it?",
    ),
    weight=4.0,
)  # fmt: skip
PHONE = FieldKind("phone", ("phone number", "telephone number", "telephone", "phone", "contact number", "tel"),
("phone", "phone_number", "telephone", "tel", "contact", "contact_number"),
                  ("What number can I call?", "How can I call them?", "Which number do I ring?", "phone?",
                  "tel number?"))  # fmt: skip
FAX = FieldKind("fax", ("fax number", "fax"), ("fax", "fax_number"), weight=0.5)
REG_NO = FieldKind(
    "reg_no",
    ("company registration number", "registration number", "company number", "registration no"),
    ("registration_number", "company_no", "reg_no", "registration", "company_number"),
    weight=0.7,
)
TAX_NO = FieldKind(
    "tax_no",
    ("tax number", "GST number", "VAT number", "tax ID", "GST registration number"),
    ("tax_number", "gst_no", "vat_number", "tax_id", "gst_number", "vat_id"),
    weight=0.8,
)
NUMBER = FieldKind(
    "number", ("number", "document number", "receipt number", "invoice number", "bill number", "reference",
    "transaction number"),
    ("number", "receipt_number", "invoice_number", "document_number", "receipt_no", "invoice_no", "no", "reference",
    "id"),
    ("What is the number of this {doc}?", "Which number does the {doc} have?", "receipt number?", "invoice number?",
    "{doc} number?"), weight=1.4,
)  # fmt: skip
CASHIER = FieldKind(
    "cashier",
    ("cashier", "name of the cashier", "member of staff", "server"),
    ("cashier", "cashier_name", "staff", "served_by", "server"),
    ("Who served the customer?", "Who was the cashier?"),
    weight=0.8,
)
TABLE_NO = FieldKind(
    "table",
    ("table number", "table"),
    ("table", "table_number", "table_no"),
    ("At which table did they sit?",),
    weight=0.5,
)
CASH = FieldKind(
    "cash",
    ("cash amount", "cash paid", "amount tendered", "cash"),
    ("cash", "cash_paid", "tendered", "cash_tendered"),
    ("How much cash was given?", "How much did the customer hand over?"),
    is_number=True,
)
CHANGE = FieldKind(
    "change",
    ("change", "change given", "amount of change"),
    ("change", "change_given", "change_due"),
    ("How much change was given back?", "how much change", "How much did the customer get back?"),
    is_number=True,
)
ROUNDING = FieldKind(
    "rounding",
    ("rounding", "rounding adjustment"),
    ("rounding", "rounding_adjustment", "rounding_adj"),
    is_number=True,
    weight=0.4,
)
DISCOUNT = FieldKind(
    "discount",
    ("discount", "amount of the discount"),
    ("discount", "discount_amount", "total_discount"),
    ("How much was taken off?", "What discount was given?"),
    is_number=True,
    weight=0.6,
)
PAYMENT = FieldKind(
    "payment",
    ("payment method", "way of payment", "method of payment"),
    ("payment_method", "payment", "paid_by", "payment_type"),
    ("How was it paid?", "How did they pay?"),
    weight=0.7,
)
WEB = FieldKind(
    "web",
    ("website", "web address", "URL", "web site"),
    ("website", "url", "web", "site"),
    ("What is their website?",),
    weight=0.5,
)
EMAIL = FieldKind(
    "email",
    ("e-mail address", "email", "email address"),
    ("email", "email_address", "e_mail"),
    ("Where can I write an e-mail to?",),
    weight=0.7,
)


def _also(kind: FieldKind, nouns: tuple[str, ...], keys: tuple[str, ...], asks: tuple[str, ...]) -> FieldKind:
    return replace(kind, nouns=kind.nouns + nouns, keys=kind.keys + keys, asks=kind.asks + asks)


# The same fields on a receipt, a bill or an invoice, where there is a shop and a sale.
SHOP = _also(
    COMPANY,
    (
        "vendor",
        "seller",
        "merchant",
        "shop",
        "store",
        "store name",
        "shop name",
        "supplier",
        "vendor name",
        "merchant name",
        "name of the shop",
    ),
    (
        "vendor",
        "merchant",
        "store",
        "seller",
        "vendor_name",
        "store_name",
        "shop",
        "supplier",
        "merchant_name",
        "seller_name",
        "name",
    ),
    (
        "Which shop is it?",
        "Where was this bought?",
        "Where did they shop?",
        "Who is the seller?",
        "name of the shop?",
        "What store is this {doc} from?",
        "Who is the vendor?",
        "vendor?",
        "What's the name of the store?",
        "who sold this",
        "Which shop gave out this {doc}?",
    ),
)
SALE_DATE = _also(
    DATE,
    ("transaction date", "date of purchase", "purchase date"),
    ("transaction_date", "purchase_date", "receipt_date", "invoice_date"),
    ("When was this bought?", "When was the purchase made?", "on what day did they shop"),
)
SALE_TIME = _also(TIME, ("time of purchase",), ("purchase_time",), ("At what time was this bought?",))
SHOP_ADDRESS = _also(
    ADDRESS,
    ("address of the shop", "shop address", "store address", "address of the store"),
    ("store_address", "vendor_address", "shop_address", "merchant_address"),
    (
        "What is the address of the shop?",
        "Where is the shop?",
        "At which address is the store?",
        "What is the location of the store?",
        "Where can I find this shop?",
    ),
)
