"""The word lists behind `words`. Written by hand; no real company is meant."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


def _cities(text: str) -> tuple[tuple[str, str], ...]:
    """Return pairs of a code (9 for a digit, A for a letter) and a town."""
    pairs = (entry.split("/") for entry in text.split("|"))
    return tuple((code, town) for code, town in pairs)


FIRST_NAMES = _words(
    "Anna Ahmad Aisha Alan Alice Amir Andrea Anton Azman Beatriz Ben Bram Carla Carlos Chen Chloe Claire Daan Daniel "
    "David Devi Diana Elena Elif Emma Erik Eva Farah Fatima Felix Femke Fiona Gita Grace Hana Hans Hassan Helen Henk "
    "Ibrahim Ines Ingrid Ivan Jack Jan Jasper Jean Jeroen Joanna John Jorge Julia Kai Karim Kate Kavitha Khalid "
    "Kumar Lars Laura Lena Leon Lim Linda Lisa Louis Lucas Luis Maarten Maria Marie Marta Max Mei Michael Mila Mohd "
    "Muthu Nadia Nina Noah Nora Nurul Olga Oliver Omar Oscar Paul Pedro Peter Pierre Priya Rachel Rahim Raj Ravi "
    "Rosa Ruth Sam Samira Sandra Sara Sean Siti Sofia Stefan Susan Suresh Tan Tariq Thomas Tim Tom Umar Vera Victor "
    "Wei Willem Yasmin Yuki Yusuf Zara Zoe"
)
SURNAMES = _words(
    "Abdullah Adams Ali Andersson Bakker Baker Becker Bernard Brown Chan Chong Clark Costa Cruz Davies Devi Dubois "
    "Evans Fischer Fernandez Garcia Goh Gomez Green Hall Hansen Harris Hashim Hoffmann Ismail Jackson Jansen Johnson "
    "Jones Kaur Keller Khan King Koh Kowalski Kumar Lambert Lee Leroy Lewis Lim Lopez Martin Meyer Miller Mohamed "
    "Moore Moreau Mulder Murphy Nair Nguyen Novak Ong Osman Patel Pereira Petit Pillai Rahman Richter Roberts Rossi "
    "Roux Santos Schmidt Schneider Scott Silva Singh Smit Smith Tan Taylor Teo Thomas Turner Visser Wagner Walker "
    "Weber White Williams Wilson Wong Wood Wright Yap Yeoh Young Yusof Zhang"
)
CHINESE = _words(
    "Ah Ban Bee Boon Chai Chee Chin Choon Chuan Eng Fatt Fook Fu Gin Guan Hai Heng Hin Hock Hong Hoe Huat Joo Kah "
    "Kee Keng Kim Kong Kwan Lai Lee Leong Lian Loy Mei Meng Ming Ngai Onn Peng Ping Sang Seng Siew Sin Soon Swee "
    "Teck Thai Tian Tong Wah Wai Wan Weng Wing Xin Yee Yew Yik Yong Yuen Zhen"
)
ADJECTIVES = _words(
    "Blue Golden Green Happy Royal Silver Red Fresh Sunny Lucky Urban Grand Prime Modern Classic Little Big Old New "
    "Bright Quick Smart Pure Crystal Eastern Western Northern Pacific Global Union First Star Super Mega Natural "
    "Organic Tasty Sweet Cosy Black White Wild Secret Quiet Hidden Twin Seven Three Five Premium Perfect Mighty "
    "Gentle Noble Rapid Velvet Amber"
)
NOUNS = _words(
    "Dragon Garden Kitchen House Market Corner Palace Valley River Mountain Bridge Tiger Lotus Orchid Bamboo Harbour "
    "Ocean Sun Moon Star Crown Lion Eagle Horse Fish Spoon Table Leaf Tree Forest Field Bakery Oven Bean Cup Plate "
    "Lamp Anchor Compass Tower Gate Castle Island Lake Pearl Diamond Rose Lily Maple Cedar Fox Bear Owl Panda "
    "Elephant Pixel Circuit Wheel Engine Hammer Needle"
)
TRADES = {
    "my": _phrases(
        "Trading|Hardware|Stationery|Book Centre|Mart|Supermarket|Restaurant|Restaurants|Food Court|Cafe|Bakery|"
        "Pharmacy|Electrical|Auto Parts|Motor|Petroleum|Service Station|Marketing|Enterprise|Industries|Holdings|"
        "Retail|Lighting|Machinery|Gift & Toys|Fashion|Optical|Furniture|Seafood|Noodle House|Steamboat|Kopitiam|F&B|"
        "Home Centre|Hypermarket|Mini Market|DIY|Paint|Timber & Hardware|Kitchenware|Telecommunication|Computer|"
        "Printing|Laundry|Medical|Health & Beauty|Watch|Sports|Pet Shop"
    ),
    "us": _words(
        "Supply Foods Market Grill Diner Pharmacy Hardware Coffee Bakery Electronics Auto Services Consulting Design "
        "Logistics Outfitters Books Pizza Burgers Studio Labs Systems Software Clinic Fitness Gardens Plumbing Toys "
        "Optics Partners Media"
    ),
    "nl": _words(
        "Bouw Techniek Administratie Transport Bakkerij Drukkerij Webdesign Installatie Handel Groothandel Advies "
        "Media Fietsen Energie Telecom"
    ),
    "de": _words(
        "Bau Technik Handel Logistik Bäckerei Druckerei Elektro Autohaus Beratung Möbel Software Energie Getränke "
        "Telekom Werkzeuge"
    ),
    "fr": _words(
        "Conseil Services Boulangerie Librairie Menuiserie Informatique Transports Énergie Télécom Hôtel Plomberie "
        "Optique Jardin Bâtiment"
    ),
}
SUFFIXES = {
    "us": _phrases("Inc|Inc.|LLC|Corp.|Co.|||"),
    "uk": _phrases("Ltd|Limited|plc|LLP||"),
    "au": _phrases("Pty Ltd|Pty. Ltd.|"),
    "sg": _phrases("Pte Ltd|Pte. Ltd.|LLP"),
    "nl": _phrases("B.V.|BV|N.V.|V.O.F.|"),
    "de": _phrases("GmbH|GmbH & Co. KG|AG|KG|UG|e.K."),
    "fr": _phrases("SARL|SAS|S.A.|EURL|"),
}
CITIES = {
    "my": _cities(
        "81000/Johor Bahru|80000/Johor Bahru|50000/Kuala Lumpur|53000/Kuala Lumpur|55000/Kuala Lumpur|"
        "57000/Kuala Lumpur|58000/Kuala Lumpur|47000/Petaling Jaya|46000/Petaling Jaya|40000/Shah Alam|41000/Klang|"
        "47000/Puchong|47000/Subang Jaya|68000/Ampang|43000/Kajang|43000/Seri Kembangan|48000/Rawang|"
        "10000/Georgetown|11000/Bayan Lepas|30000/Ipoh|31000/Ipoh|75000/Melaka|70000/Seremban|25000/Kuantan|"
        "20000/Kuala Terengganu|15000/Kota Bharu|05000/Alor Setar|88000/Kota Kinabalu|93000/Kuching|81000/Skudai|"
        "83000/Batu Pahat|84000/Muar|86000/Kluang|34000/Taiping|14000/Bukit Mertajam|62000/Putrajaya|63000/Cyberjaya|"
        "28000/Bentong|09000/Kulim"
    ),
    "us": _cities(
        "NY 99999/New York|CA 99999/Los Angeles|IL 99999/Chicago|TX 99999/Houston|AZ 99999/Phoenix|"
        "PA 99999/Philadelphia|TX 99999/Austin|CA 99999/San Diego|WA 99999/Seattle|CO 99999/Denver|MA 99999/Boston|"
        "OR 99999/Portland|NV 99999/Las Vegas|GA 99999/Atlanta|FL 99999/Miami|MN 99999/Minneapolis|OH 99999/Columbus|"
        "MI 99999/Detroit|TN 99999/Nashville|NC 99999/Raleigh|UT 99999/Provo|NM 99999/Santa Fe"
    ),
    "uk": _cities(
        "A99 9AA/London|A99 9AA/Leeds|A99 9AA/Bristol|A99 9AA/Manchester|A99 9AA/York|A99 9AA/Oxford|A99 9AA/Cardiff|"
        "A99 9AA/Glasgow|A99 9AA/Edinburgh|A99 9AA/Liverpool|A99 9AA/Bath|A99 9AA/Derby|A99 9AA/Exeter|"
        "A99 9AA/Norwich"
    ),
    "au": _cities("NSW 2999/Sydney|VIC 3999/Melbourne|QLD 4999/Brisbane|WA 6999/Perth|TAS 7999/Hobart"),
    "sg": _cities("999999/Singapore"),
    "nl": _cities(
        "9999 AA/Amsterdam|9999 AA/Rotterdam|9999 AA/Utrecht|9999 AA/Eindhoven|9999 AA/Groningen|9999 AA/Tilburg|"
        "9999 AA/Almere|9999 AA/Breda|9999 AA/Nijmegen|9999 AA/Haarlem|9999 AA/Arnhem|9999 AA/Zwolle|9999 AA/Leiden|"
        "9999 AA/Delft"
    ),
    "de": _cities(
        "99999/Berlin|99999/Hamburg|99999/München|99999/Köln|99999/Frankfurt|99999/Stuttgart|99999/Leipzig|"
        "99999/Dortmund|99999/Essen|99999/Bremen|99999/Dresden|99999/Hannover|99999/Nürnberg|99999/Bonn|99999/Kiel|"
        "99999/Mainz"
    ),
    "fr": _cities(
        "99999/Paris|99999/Lyon|99999/Marseille|99999/Toulouse|99999/Nice|99999/Nantes|99999/Strasbourg|"
        "99999/Bordeaux|99999/Lille|99999/Rennes|99999/Reims|99999/Dijon|99999/Angers|99999/Grenoble|99999/Tours"
    ),
}
STATES = _phrases(
    "Selangor|Johor|Johor Darul Takzim|Perak|Penang|Pulau Pinang|Kedah|Pahang|Melaka|Selangor Darul Ehsan|"
    "Wilayah Persekutuan|Sabah|Sarawak|Negeri Sembilan|Perlis|Kelantan|Terengganu|W.P. Kuala Lumpur"
)
AREAS = _phrases(
    "Taman|Taman|Bandar|Kampung|Kg|Pusat Bandar|Seksyen|Desa|Kawasan Perindustrian|Taman Perindustrian|Bukit"
)
DOMAINS = _words(".com .com .com.my .net .org .co.uk .nl .de .fr .io .my")
STREET_NAMES = _words(
    "Maple Oak Cedar Pine Elm Church Station Park Mill King Queen Victoria Bridge Lake Hill Garden Market Harbour "
    "River Sunset Lincoln Permai Sentosa Setia Indah Jaya Mutiara Melati Cempaka Kenanga Seri Bahagia Maju Tun Razak "
    "Perdana Bistari Tropika Johor Damai Molek Wawasan Utama Impian Kencana Suria Pelangi Dato Onn Ismail Beringin "
    "Hutan Puteri Flora Dahlia Austin Kepong Segambut"
)
STREET_ENDS = _words("St Street Ave Avenue Rd Road Blvd Lane Drive Way Court Highway Square Close")
COUNTRIES = _phrases(
    "Malaysia|Singapore|Netherlands|Germany|France|Belgium|United Kingdom|Ireland|United States|Canada|Spain|"
    "Portugal|Italy|Austria|Switzerland|Poland|Sweden|Norway|Denmark|Finland|Greece|Turkey|India|Japan|Thailand|"
    "Vietnam|Indonesia|Philippines|Brazil|Mexico|Chile|Kenya|Ghana|Nigeria|Egypt|Morocco|South Africa|Australia|"
    "New Zealand|Iceland|Estonia|Latvia|Peru|Argentina|South Korea"
)
PHONES = {
    "my": _phrases(
        "0#-#### ####|0#-####### |07-### ####|03-########|03-#### ####|01#-### ####|01#-#######|+60#-########|"
        "603-########|07-#######"
    ),
    "us": _phrases("(###) ###-####|###-###-####|###.###.####|+1 ### ### ####|1-800-###-####"),
    "uk": _phrases("0## #### ####|01### ######|+44 20 #### ####|07### ######"),
    "au": _phrases("(0#) #### ####|04## ### ###|1300 ### ###"),
    "sg": _phrases("6### ####|+65 9### ####|6#######"),
    "nl": _phrases("0##-#######|+31 ## ### ## ##|06-########|088 ### ####"),
    "de": _phrases("0## / ######|+49 ## #######|0### ######|01## #######"),
    "fr": _phrases("0# ## ## ## ##|+33 # ## ## ## ##|0#.##.##.##.##"),
}
GOODS = {
    "food": _phrases(
        "Nasi Lemak|Nasi Goreng|Mee Goreng|Kopi O|Kopi Ais|Teh Tarik|Teh O Ais Limau|Milo Ais|Roti Canai|"
        "Chicken Rice|Fried Rice|Laksa|Wantan Mee|Satay|Curry Chicken|Fish Ball Soup|Kailan|Toast|Half Boiled Egg|"
        "Cheeseburger|Burger|Fries|Cola|Mineral Water|Latte|Cappuccino|Espresso|Flat White|Green Tea|Iced Tea|"
        "Lemonade|Orange Juice|Beer|Red Wine|Pizza Margherita|Lasagne|Caesar Salad|Soup of the Day|Garlic Bread|"
        "Ice Cream|Cheesecake|Brownie|Pancakes|Omelette|Club Sandwich|Fish & Chips|Steak|Chicken Wings|Nachos|Tacos|"
        "Burrito|Sushi Set|Ramen|Gyoza|Tempura|Pad Thai|Spring Rolls|Dumplings|Noodle Soup|Tofu|Croissant|Bagel|"
        "Muffin|Tom Yam|Mushroom Risotto|Ravioli|Grilled Salmon|Pork Ribs|Lamb Chop|Veggie Wrap|Fruit Salad|"
        "Hot Chocolate|Set Lunch|Plain Water"
    ),
    "grocery": _phrases(
        "Milk|Bread|Butter|Eggs|Rice|Sugar|Flour|Salt|Soy Sauce|Cooking Oil|Biscuit|Chocolate|Yogurt|Cheese|Banana|"
        "Apple|Tomato|Onion|Potato|Carrot|Chicken|Beef Mince|Salmon|Tissue|Toilet Roll|Shampoo|Soap|Toothpaste|"
        "Detergent|Dishwash|Mineral Water|Juice|Coffee|Tea Bags|Cereal|Oats|Honey|Jam|Pasta|Noodles|Sardines|Tuna|"
        "Peanuts|Chips|Candy|Ice Cream|Batteries|Candle|Napkin|Diapers|Cotton Buds|Lotion|Razor|Hand Wash|Sponge|"
        "Trash Bags|Foil|Mayonnaise|Ketchup|Chilli Sauce|Vinegar|Spinach|Cucumber|Grapes"
    ),
    "hardware": _phrases(
        "Screw|Nail|Bolt|Nut|Washer|Hammer|Pliers|Drill Bit|Sandpaper|Paint Brush|Roller|Cable|Socket|Plug|LED Bulb|"
        "Light Tube|Switch|Tape|Glue|Silicone|PVC Pipe|Elbow|Valve|Hose|Bucket|Rope|Chain|Padlock|Hinge|Door Knob|"
        "Ladder|Gloves|Mask|Spray Paint|Thinner|Cement|Wire Mesh|Wood Plank|Notebook|Ballpen|Marker|A4 Paper|Stapler|"
        "File|Envelope|Calculator|Ruler|Eraser|Scissors|Folder|USB Cable|Keyboard|Mouse|Charger|Adapter|HDMI Cable|"
        "Toner|Headset|Toy Car|Doll|Gift Wrap|Photo Frame|Vase|Mug|Cutting Board"
    ),
    "service": _phrases(
        "Consulting|Web hosting|Domain name|Software licence|Support hours|Maintenance|Installation|Delivery|"
        "Design work|Training day|Translation|Printing|Cleaning|Car rental|Hotel night|Train ticket|Photography|"
        "Subscription|Advertising|Data plan|Electricity|Gas supply|Internet access|Mobile bundle|Accounting|"
        "Legal advice|Server rack|Cloud storage|SSL certificate|Inspection|Repair|Spare parts|Assembly|Catering|"
        "Room hire|Transport|Packaging|Warehouse rent|Quality check|Project management"
    ),
}
FOOD_STYLES = _words(
    "Grilled Spicy Iced Hot Large Small Regular Fried Special House Double Vegan Steamed Creamy Crispy Homemade Kids "
    "Daily Sweet Smoked Roasted Stir-Fried XL Classic Thai (L) 1/2"
)
SLOTS = {
    "adj": _words(
        "new small large useful early late quiet simple careful strange friendly cheap busy clean modern local "
        "famous short long warm cold bright"
    ),
    "thing": _words(
        "report garden kitchen bridge letter machine meeting camera printer window station library market river "
        "village school office train picture engine book clock"
    ),
    "person": _words(
        "manager teacher visitor driver neighbour engineer nurse farmer student customer singer baker painter sailor "
        "doctor cook"
    ),
    "verb": _words(
        "opened repaired painted visited described measured replaced cleaned checked moved sold found improved "
        "explained closed remembered"
    ),
    "time": _phrases(
        "yesterday|last week|in March|on Monday|this morning|in 2016|before noon|after the holidays|at night|every year"
    ),
    "place": _phrases(
        "in the city|near the coast|at the station|in our office|on the second floor|by the river|in the north|at home"
    ),
    "month": _words("January February March April May June July August September October November December"),
    "topic": _words(
        "water energy health music travel history weather traffic food money language science sport art farming housing"
    ),
}
SENTENCES = (
    "the {person} {verb} the {adj} {thing} {time}.",
    "a {adj} {thing} stands {place}.",
    "we {verb} {n} {thing}s {time} and the {person} was pleased.",
    "please bring the {adj} {thing} to the meeting {place}.",
    "{name} {verb} the {thing} {time}.",
    "the price of {topic} rose by {n} percent {time}.",
    "many people {place} care about {topic}.",
    "our {thing} is {adj}, but the {person} wants a {adj} one.",
    "it took {n} days until the {thing} was {verb} again.",
    "{made} is a {adj} town {place} with {n} streets.",
    "the {person} told us that {topic} matters more than {topic}.",
    "nobody knows why the {thing} {place} was {verb} {time}.",
    "you can find the {thing} {place} from {month} to {month}.",
    "thank you for the {adj} {thing} that you sent {time}.",
    "the team {verb} a {thing} for {topic} {place}.",
    "if the {thing} is {adj}, call the {person} at once.",
    "in {month} the {person} will speak about {topic} {place}.",
    "{n} visitors {verb} the {adj} {thing} {time}.",
)
