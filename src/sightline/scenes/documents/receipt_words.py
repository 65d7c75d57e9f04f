"""What tills print: labels, titles, numbers."""

from __future__ import annotations

SCRAPS = (
    "*** COPY ***", "TAX INVOICE", "RECEIPT", "Welcome to", "REPRINT", "COPY", "PAID", "DUPLICATE", "Customer Copy",
    "INVOICE", "TAKE AWAY", "DINE IN", "*REPRINT*", "WELCOME",
)  # fmt: skip
SHOPS = ("Outlet", "Express", "Mall", "Plaza", "Store", "Shop", "Cafe", "Mart", "Online", "Centre", "City")
SLOGANS = (
    "Since 1987", "Always low prices", "Fresh every day", "Your neighbourhood store", "We care for you",
    "Quality you can trust", "Everything for the home", "Good food, good mood",
)  # fmt: skip
OWNER = (
    "Operated by:", "Managed by", "Owned & operated by", "A division of", "Licensed to:", "Issued by:",
    "Registered name:",
)  # fmt: skip
HOURS = (
    "Open daily 10am - 10pm", "Mon-Sat 8.00am to 6.00pm", "BUSINESS HOURS: 9AM-9PM", "Open 24 hours",
    "Closed on Mondays", "Daily 07:00 - 23:00",
)  # fmt: skip
REG_SHAPES = (
    "######-@", "######-@", "#######-@", "############", "JM#######-@", "00#######-@", "20##########", "###### @",
    "######@", "20#########@", "######-@",
)  # fmt: skip
REG_BRACKETS = (
    ("(", ")"),
    ("(", ")"),
    ("(", ")"),
    ("(Co. No. ", ")"),
    ("[", "]"),
    ("", ""),
    ("(Reg. ", ")"),
    ("- ", ""),
)
FORMERLY = (
    "(formerly known as {name})", "(Formerly known as {name})", "(f.k.a. {name})", "formerly {name}",
    "(FORMERLY: {name})",
)  # fmt: skip
REG_LABELS = (
    "Co Reg No: ", "(", "(", "Co. Reg No : ", "Company No. ", "Reg No:", "ROC NO: ", "(Co. No: ", "Company Reg No. ",
    "Co.No:", "SSM: ", "Business Reg. ", "(CO.REG : ", "COMPANY REG #", "Reg. No. : ", "ROC:", "",
)  # fmt: skip
BRANCHES = (
    "Branch: {name}", "Outlet {name}", "Store #{name}", "Cawangan {name}", "({name} Branch)", "BRANCH : {name}",
    "{name} Outlet", "Store: {name}", "Location: {name}",
)  # fmt: skip
PHONES = (
    "Tel: ", "TEL: ", "Tel : ", "Tel No: ", "Phone: ", "Tel.", "TEL ", "H/P: ", "Contact : ", "T: ", "Ph: ", "",
    "Tel. No. : ", "TEL NO. ", "Tel:", "Telephone No. ", "Mobile/Whatsapp : ", "TEL/FAX: ", "Tel No.:", "HP:",
)  # fmt: skip
TAX_NUMBERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "my": (
        ("GST No: ", "GST ID: ", "GST Reg No: ", "GST ID No : ", "GST REG #", "(GST Reg. No. ", "GST: ", "SST ID : ",
        "GST NO.: ", "Gst Id: ", "GST ID. NO : ", "(GST Reg No: ", "GST No. ", "GST NO:", "(GST ID No: ",
        "GST Registration No: "),
        ("00##########", "00##########", "B16-####-########", "0000########"),
    ),
    "sg": (("GST Reg No: ", "UEN: ", "Co. Reg. No: ", "GST Reg: "), ("20#######@", "M#-#######-#", "##-#######-@")),
    "us": (("Tax ID ", "EIN: "), ("##-#######",)),
    "uk": (("VAT No: ", "VAT Reg. ", "VAT Reg No. "), ("GB ### #### ##", "### #### ##")),
    "nl": (("BTW nr ", "BTW: "), ("NL#########B01",)),
    "de": (("USt-IdNr.: ", "St.-Nr. "), ("DE#########", "##/###/#####")),
    "fr": (("TVA ", "N° TVA: "), ("FR###########",)),
    "au": (("ABN: ", "GST No. ", "A.B.N. "), ("## ### ### ###",)),
}  # fmt: skip
CUSTOMERS = ("To:", "Bill To:", "Sold To :", "Customer:", "CUSTOMER NAME :", "Deliver to:", "Attn:", "M/S")
TITLES = (
    "TAX INVOICE", "Tax Invoice", "RECEIPT", "CASH SALES", "Cash Bill", "INVOICE", "SALES RECEIPT", "CASH RECEIPT",
    "Official Receipt", "SIMPLIFIED TAX INVOICE", "*** TAX INVOICE ***", "TAX INVOICE",
    "Tax   Invoice", "ORDER CHIT", "BILL", "CASH SALES COUNTER", "GUEST CHECK",
)  # fmt: skip
DATES = (
    "Date: ", "DATE: ", "Date : ", "Date", "Date:", "DATE:", "Tarikh: ", "Bill Date: ", "Invoice Date : ",
    "Trans Date: ", "", "", "", "DATE : ", "Doc. Date: ", "Date/Time: ", "Date & Time : ", "Receipt Date: ",
    "DD: ", "Dated: ", "Order date ", "Inv Date:", "Printed: ",
)  # fmt: skip
FOREIGN_DATES = {"nl": "Datum: ", "de": "Datum: ", "fr": "Date : "}
TIMES = ("Time: ", "TIME: ", "Time : ", "Masa: ", "Time:", "TIME :", "")
NUMBER_SHAPES = (
    "######", "#########", "CS#####", "@@#####", "####-######", "INV-#####", "A##-#####", "##/####", "OR########",
    "########-####", "#####", "CS-####-####", "CS-SA-#######", "#####/###/@####", "@@-@@##-##/##/##-#######",
    "####@###", "R##########",
)  # fmt: skip
NUMBERS = (
    "Receipt No: ", "Invoice No: ", "Inv No: ", "Bill No: ", "Receipt #: ", "Doc No. : ", "Rcpt#: ", "No: ",
    "Trans: ", "Check #", "Slip No. : ", "INVOICE NO : ", "Document No : ", "Bill#: ", "INV NO: ", "INV No.: ",
    "Cash Inv No.: ", "Receipt: ", "Order No. ", "Receipt Number : ",
)  # fmt: skip
CASHIERS = (
    "Cashier: ", "CASHIER: ", "Served by: ", "Cashier : ", "User: ", "Server: ", "Staff: ", "Clerk ", "Your cashier: ",
    "OPERATOR ", "Cashier:", "Served By : ", "Salesperson: ",
)  # fmt: skip
OTHERS = (
    "Counter: ", "POS No: ", "Terminal: ", "Pax: ", "Member: ", "Ref: ", "Shift: ", "M/C: ", "Sales Person: ",
    "Customer: ", "Terms: ", "Till ", "Payment Type: ", "Order Type: ", "Member Number: ", "Area: ", "Page: ",
)  # fmt: skip
OTHER_DATES = (
    "Member since: ", "Due: ", "Valid until: ", "GST from: ", "Printed on ", "Best before ", "Warranty until ",
    "Delivery date: ", "Offer ends ",
)  # fmt: skip
WEEKDAYS = ("Monday, ", "Tue ", "Wednesday, ", "Thu, ", "Fri ", "Saturday, ", "Sun ", "(Mon) ", "SAT ")
