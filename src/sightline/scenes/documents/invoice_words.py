"""The words on invoices in four languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of an invoice in one language, several ways each."""

    title: tuple[str, ...]
    number: tuple[str, ...]
    date: tuple[str, ...]
    due: tuple[str, ...]
    customer_no: tuple[str, ...]
    order_no: tuple[str, ...]
    terms: tuple[str, ...]
    terms_values: tuple[str, ...]
    bill_to: tuple[str, ...]
    ship_to: tuple[str, ...]
    phone: tuple[str, ...]
    what: tuple[str, ...]
    count: tuple[str, ...]
    each: tuple[str, ...]
    rate: str
    amount: tuple[str, ...]
    subtotal: tuple[str, ...]
    tax: tuple[str, ...]
    paid: tuple[str, ...]
    total: tuple[str, ...]
    thanks: tuple[str, ...]
    tax_no: tuple[str, ...]
    reg_no: tuple[str, ...]


WORDS = {
    "en": Words(
        ("INVOICE", "Invoice", "TAX INVOICE", "Invoice", "Proforma invoice", "Bill"),
        ("Invoice number", "Invoice No", "Invoice #", "Invoice no.", "Number", "Invoice", "Document number"),
        ("Date", "Invoice date", "Issue date", "Date of issue", "Billing date", "Dated"),
        ("Due date", "Payment due", "Due", "Pay by", "Due on"),
        ("Customer no.", "Customer ID", "Account", "Client number"),
        ("PO number", "Order no.", "Your order", "Purchase order"), ("Terms", "Payment terms"),
        ("Net 30", "14 days", "Due on receipt", "30 days net"),
        ("Bill to", "Billed to:", "To:", "Invoice to", "Customer", "BILL TO", "", "Sold to"),
        ("Ship to", "SHIP TO:", "Deliver to"), ("Tel: ", "Phone: ", "T ", "Tel. "),
        ("Description", "Item", "Service", "Product", "Details"), ("Qty", "Quantity", "Hours", "Units"),
        ("Unit price", "Price", "Rate", "Unit cost"),
        "Tax", ("Amount", "Total", "Line total", "Net"),
        ("Subtotal", "Sub total", "Net amount", "Net total", "Total excl. VAT"),
        ("VAT {rate}%", "Tax ({rate}%)", "GST {rate}%", "Sales tax {rate}%", "VAT", "Tax"),
        ("Amount paid", "Deposit", "Shipping"),
        ("Total", "TOTAL", "Amount due", "Balance due", "Total due", "Invoice total", "Grand total", "Total amount",
        "Total incl. VAT", "Amount payable"), ("Thank you for your business!", "Please pay within 30 days.",
        "Payment is due within 14 days."),
        ("VAT No: ", "Tax ID: ", "VAT: ", "VAT reg. no. "), ("Company no. ", "Reg. no. "),
    ),
    "nl": Words(
        ("FACTUUR", "Factuur", "Faktuur", "Rekening"),
        ("Factuurnummer", "Factuurnr.", "Factuur nr", "Nummer", "Factuur"),
        ("Factuurdatum", "Datum", "Datum factuur"), ("Vervaldatum", "Te betalen voor", "Uiterste betaaldatum"),
        ("Klantnummer", "Debiteurnr.", "Klantnr."),
        ("Ordernummer", "Uw referentie", "Bestelnummer"), ("Betalingstermijn", "Betaling"),
        ("14 dagen", "30 dagen netto"), ("Aan:", "Factuuradres", "Klant", "", "T.a.v."),
        ("Afleveradres", "Leveradres"), ("Tel: ", "Telefoon: ", "T "),
        ("Omschrijving", "Product", "Artikel", "Dienst"), ("Aantal", "Uren"), ("Prijs", "Stukprijs", "Tarief"), "BTW",
        ("Bedrag", "Totaal"), ("Subtotaal", "Totaal excl. BTW", "Totaal exclusief BTW", "Netto"),
        ("BTW {rate}%", "{rate}% BTW", "BTW", "BTW hoog {rate}%"),
        ("Reeds betaald", "Verzendkosten"), ("Totaal", "TOTAAL", "Te betalen", "Totaal incl. BTW", "Totaalbedrag",
        "Totaal te voldoen", "Totaal inclusief BTW"),
        ("Bedankt voor uw bestelling.", "Gelieve binnen 14 dagen te betalen."), ("BTW-nummer: ", "BTW nr. ", "BTW: "),
        ("KvK ", "KvK-nummer: "),
    ),
    "fr": Words(
        ("FACTURE", "Facture", "Facture n°"), ("Numéro de facture", "Facture n°", "N° facture", "N°", "Référence"),
        ("Date", "Date de facture", "Date d'émission", "Date de facturation"),
        ("Échéance", "Date d'échéance", "À payer avant le"), ("N° client", "Client n°", "Code client"),
        ("Commande n°", "Bon de commande"), ("Conditions", "Règlement"), ("30 jours", "à réception"),
        ("Facturé à", "Client", "Destinataire", "", "Adresse de facturation"), ("Livré à", "Adresse de livraison"),
        ("Tél : ", "Tél. ", "Téléphone : "),
        ("Désignation", "Description", "Libellé", "Produit"), ("Qté", "Quantité"), ("P.U. HT", "Prix unitaire", "PU"),
        "TVA", ("Montant", "Total HT", "Montant HT"), ("Total HT", "Sous-total", "Montant HT", "Total hors taxes"),
        ("TVA {rate}%", "TVA ({rate} %)", "TVA", "Montant TVA"),
        ("Acompte", "Frais de port"), ("Total TTC", "Net à payer", "TOTAL TTC", "Montant TTC", "Total à payer",
        "Montant total"), ("Merci de votre confiance.", "Paiement à 30 jours."),
        ("N° TVA : ", "TVA intracom. ", "TVA : "), ("SIRET : ", "RCS "),
    ),
    "de": Words(
        ("RECHNUNG", "Rechnung", "Rechnung Nr."), ("Rechnungsnummer", "Rechnungs-Nr.", "Rechnungsnr.", "Belegnummer",
        "Nr."), ("Rechnungsdatum", "Datum", "Belegdatum"), ("Fällig am", "Zahlbar bis", "Fälligkeitsdatum"),
        ("Kundennummer", "Kunden-Nr.", "Kundennr."),
        ("Bestellnummer", "Auftragsnr.", "Ihre Bestellung"), ("Zahlungsziel", "Zahlung"),
        ("14 Tage", "30 Tage netto"), ("Rechnung an", "Kunde", "", "Rechnungsadresse", "Empfänger"),
        ("Lieferadresse", "Lieferung an"), ("Tel.: ", "Telefon: ", "Tel "),
        ("Beschreibung", "Bezeichnung", "Artikel", "Leistung"), ("Menge", "Anzahl", "Stunden"),
        ("Einzelpreis", "Preis", "E-Preis"), "MwSt", ("Betrag", "Gesamt", "Summe"),
        ("Zwischensumme", "Nettobetrag", "Summe netto", "Netto"),
        ("MwSt. {rate}%", "zzgl. {rate}% USt.", "Umsatzsteuer {rate}%", "MwSt"),
        ("Anzahlung", "Versandkosten"), ("Gesamtbetrag", "Rechnungsbetrag", "Summe", "Bruttobetrag", "Endbetrag",
        "Gesamtsumme", "Zu zahlender Betrag"), ("Vielen Dank für Ihren Auftrag.",
        "Bitte zahlen Sie innerhalb von 14 Tagen."), ("USt-IdNr.: ", "USt-ID ", "Steuernummer: "),
        ("Handelsregister ", "Amtsgericht "),
    ),
}  # fmt: skip
