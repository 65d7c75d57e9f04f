"""The word lists behind `words`. Written by hand; no real company is meant."""

from __future__ import annotations

FIRST_NAMES = (
    "Anna Ahmad Aisha Alan Alice Amir Andrea Anton Azman Beatriz Ben Bram Carla Carlos Chen Chloe Claire Daan Daniel David "
    "Devi Diana Elena Elif Emma Erik Eva Farah Fatima Felix Femke Fiona Gita Grace Hana Hans Hassan Helen Henk Ibrahim Ines Ingrid "
    "Ivan Jack Jan Jasper Jean Jeroen Joanna John Jorge Julia Kai Karim Kate Kavitha Khalid Kumar Lars Laura Lena Leon Lim Linda "
    "Lisa Louis Lucas Luis Maarten Maria Marie Marta Max Mei Michael Mila Mohd Muthu Nadia Nina Noah Nora Nurul Olga Oliver Omar "
    "Oscar Paul Pedro Peter Pierre Priya Rachel Rahim Raj Ravi Rosa Ruth Sam Samira Sandra Sara Sean Siti Sofia Stefan Susan Suresh "
    "Tan Tariq Thomas Tim Tom Umar Vera Victor Wei Willem Yasmin Yuki Yusuf Zara Zoe"
).split()
SURNAMES = (
    "Abdullah Adams Ali Andersson Bakker Baker Becker Bernard Brown Chan Chong Clark Costa Cruz Davies Devi Dubois Evans Fischer "
    "Fernandez Garcia Goh Gomez Green Hall Hansen Harris Hashim Hoffmann Ismail Jackson Jansen Johnson Jones Kaur Keller Khan King Koh "
    "Kowalski Kumar Lambert Lee Leroy Lewis Lim Lopez Martin Meyer Miller Mohamed Moore Moreau Mulder Murphy Nair Nguyen Novak Ong "
    "Osman Patel Pereira Petit Pillai Rahman Richter Roberts Rossi Roux Santos Schmidt Schneider Scott Silva Singh Smit Smith Tan Taylor "
    "Teo Thomas Turner Visser Wagner Walker Weber White Williams Wilson Wong Wood Wright Yap Yeoh Young Yusof Zhang"
).split()
CHINESE = (
    "Ah Ban Bee Boon Chai Chee Chin Choon Chuan Eng Fatt Fook Fu Gin Guan Hai Heng Hin Hock Hong Hoe Huat Joo Kah Kee Keng Kim Kong "
    "Kwan Lai Lee Leong Lian Loy Mei Meng Ming Ngai Onn Peng Ping Sang Seng Siew Sin Soon Swee Teck Thai Tian Tong Wah Wai Wan Weng "
    "Wing Xin Yee Yew Yik Yong Yuen Zhen"
).split()
ADJECTIVES = (
    "Blue Golden Green Happy Royal Silver Red Fresh Sunny Lucky Urban Grand Prime Modern Classic Little Big Old New Bright Quick "
    "Smart Pure Crystal Eastern Western Northern Pacific Global Union First Star Super Mega Natural Organic Tasty Sweet Cosy "
    "Black White Wild Secret Quiet Hidden Twin Seven Three Five Premium Perfect Mighty Gentle Noble Rapid Velvet Amber"
).split()
NOUNS = (
    "Dragon Garden Kitchen House Market Corner Palace Valley River Mountain Bridge Tiger Lotus Orchid Bamboo Harbour Ocean Sun Moon "
    "Star Crown Lion Eagle Horse Fish Spoon Table Leaf Tree Forest Field Bakery Oven Bean Cup Plate Lamp Anchor Compass Tower Gate "
    "Castle Island Lake Pearl Diamond Rose Lily Maple Cedar Fox Bear Owl Panda Elephant Pixel Circuit Wheel Engine Hammer Needle"
).split()
TRADES = {
    "my": (
        "Trading|Hardware|Stationery|Book Centre|Mart|Supermarket|Restaurant|Restaurants|Food Court|Cafe|Bakery|Pharmacy|Electrical|"
        "Auto Parts|Motor|Petroleum|Service Station|Marketing|Enterprise|Industries|Holdings|Retail|Lighting|Machinery|Gift & Toys|"
        "Fashion|Optical|Furniture|Seafood|Noodle House|Steamboat|Kopitiam|F&B|Home Centre|Hypermarket|Mini Market|DIY|Paint|"
        "Timber & Hardware|Kitchenware|Telecommunication|Computer|Printing|Laundry|Medical|Health & Beauty|Watch|Sports|Pet Shop"
    ).split("|"),
    "us": (
        "Supply|Foods|Market|Grill|Diner|Pharmacy|Hardware|Coffee|Bakery|Electronics|Auto|Services|Consulting|Design|Logistics|"
        "Outfitters|Books|Pizza|Burgers|Studio|Labs|Systems|Software|Clinic|Fitness|Gardens|Plumbing|Toys|Optics|Partners|Media"
    ).split("|"),
    "nl": "Bouw|Techniek|Administratie|Transport|Bakkerij|Drukkerij|Webdesign|Installatie|Handel|Groothandel|Advies|Media|Fietsen|Energie|Telecom".split("|"),
    "de": "Bau|Technik|Handel|Logistik|Bäckerei|Druckerei|Elektro|Autohaus|Beratung|Möbel|Software|Energie|Getränke|Telekom|Werkzeuge".split("|"),
    "fr": "Conseil|Services|Boulangerie|Librairie|Menuiserie|Informatique|Transports|Énergie|Télécom|Hôtel|Plomberie|Optique|Jardin|Bâtiment".split("|"),
}  # fmt: skip
SUFFIXES = {
    "us": ("Inc", "Inc.", "LLC", "Corp.", "Co.", "", "", ""),
    "uk": ("Ltd", "Limited", "plc", "LLP", "", ""),
    "au": ("Pty Ltd", "Pty. Ltd.", ""),
    "sg": ("Pte Ltd", "Pte. Ltd.", "LLP"),
    "nl": ("B.V.", "BV", "N.V.", "V.O.F.", ""),
    "de": ("GmbH", "GmbH & Co. KG", "AG", "KG", "UG", "e.K."),
    "fr": ("SARL", "SAS", "S.A.", "EURL", ""),
}
CITIES = {
    "my": tuple(
        (c[:2] + "000", c[3:])
        for c in (
            "81 Johor Bahru|80 Johor Bahru|50 Kuala Lumpur|53 Kuala Lumpur|55 Kuala Lumpur|57 Kuala Lumpur|58 Kuala Lumpur|47 Petaling Jaya|46 Petaling Jaya|"
            "40 Shah Alam|41 Klang|47 Puchong|47 Subang Jaya|68 Ampang|43 Kajang|43 Seri Kembangan|48 Rawang|10 Georgetown|11 Bayan Lepas|"
            "30 Ipoh|31 Ipoh|75 Melaka|70 Seremban|25 Kuantan|20 Kuala Terengganu|15 Kota Bharu|05 Alor Setar|88 Kota Kinabalu|93 Kuching|"
            "81 Skudai|83 Batu Pahat|84 Muar|86 Kluang|34 Taiping|14 Bukit Mertajam|62 Putrajaya|63 Cyberjaya|28 Bentong|09 Kulim"
        ).split("|")
    ),
    "us": tuple(
        ("@@ 99999".replace("@@", c[:2]), c[3:])
        for c in (
            "NY New York|CA Los Angeles|IL Chicago|TX Houston|AZ Phoenix|PA Philadelphia|TX Austin|CA San Diego|WA Seattle|CO Denver|MA Boston|"
            "OR Portland|NV Las Vegas|GA Atlanta|FL Miami|MN Minneapolis|OH Columbus|MI Detroit|TN Nashville|NC Raleigh|UT Provo|NM Santa Fe"
        ).split("|")
    ),
    "uk": tuple(("A99 9AA", c) for c in "London Leeds Bristol Manchester York Oxford Cardiff Glasgow Edinburgh Liverpool Bath Derby Exeter Norwich".split()),
    "au": (("NSW 2999", "Sydney"), ("VIC 3999", "Melbourne"), ("QLD 4999", "Brisbane"), ("WA 6999", "Perth"), ("TAS 7999", "Hobart")),
    "sg": (("999999", "Singapore"),),
    "nl": tuple(("9999 AA", c) for c in "Amsterdam Rotterdam Utrecht Eindhoven Groningen Tilburg Almere Breda Nijmegen Haarlem Arnhem Zwolle Leiden Delft".split()),
    "de": tuple(("99999", c) for c in "Berlin Hamburg München Köln Frankfurt Stuttgart Leipzig Dortmund Essen Bremen Dresden Hannover Nürnberg Bonn Kiel Mainz".split()),
    "fr": tuple(("99999", c) for c in "Paris Lyon Marseille Toulouse Nice Nantes Strasbourg Bordeaux Lille Rennes Reims Dijon Angers Grenoble Tours".split()),
}  # fmt: skip
STATES = ("Selangor", "Johor", "Johor Darul Takzim", "Perak", "Penang", "Pulau Pinang", "Kedah", "Pahang", "Melaka", "Selangor Darul Ehsan",
          "Wilayah Persekutuan", "Sabah", "Sarawak", "Negeri Sembilan", "Perlis", "Kelantan", "Terengganu", "W.P. Kuala Lumpur")  # fmt: skip
STREET_NAMES = (
    "Maple Oak Cedar Pine Elm Church Station Park Mill King Queen Victoria Bridge Lake Hill Garden Market Harbour River Sunset Lincoln "
    "Permai Sentosa Setia Indah Jaya Mutiara Melati Cempaka Kenanga Seri Bahagia Maju Tun Razak Perdana Bistari Tropika Johor Damai "
    "Molek Wawasan Utama Impian Kencana Suria Pelangi Dato Onn Ismail Beringin Hutan Puteri Flora Dahlia Austin Kepong Segambut"
).split()
STREET_ENDS = (
    "St",
    "Street",
    "Ave",
    "Avenue",
    "Rd",
    "Road",
    "Blvd",
    "Lane",
    "Drive",
    "Way",
    "Court",
    "Highway",
    "Square",
    "Close",
)
COUNTRIES = (
    "Malaysia|Singapore|Netherlands|Germany|France|Belgium|United Kingdom|Ireland|United States|Canada|Spain|Portugal|Italy|Austria|"
    "Switzerland|Poland|Sweden|Norway|Denmark|Finland|Greece|Turkey|India|Japan|Thailand|Vietnam|Indonesia|Philippines|Brazil|Mexico|"
    "Chile|Kenya|Ghana|Nigeria|Egypt|Morocco|South Africa|Australia|New Zealand|Iceland|Estonia|Latvia|Peru|Argentina|South Korea"
).split("|")
PHONES = {
    "my": (
        "0#-#### ####",
        "0#-####### ",
        "07-### ####",
        "03-########",
        "03-#### ####",
        "01#-### ####",
        "01#-#######",
        "+60#-########",
        "603-########",
        "07-#######",
    ),
    "us": ("(###) ###-####", "###-###-####", "###.###.####", "+1 ### ### ####", "1-800-###-####"),
    "uk": ("0## #### ####", "01### ######", "+44 20 #### ####", "07### ######"),
    "au": ("(0#) #### ####", "04## ### ###", "1300 ### ###"),
    "sg": ("6### ####", "+65 9### ####", "6#######"),
    "nl": ("0##-#######", "+31 ## ### ## ##", "06-########", "088 ### ####"),
    "de": ("0## / ######", "+49 ## #######", "0### ######", "01## #######"),
    "fr": ("0# ## ## ## ##", "+33 # ## ## ## ##", "0#.##.##.##.##"),
}
GOODS = {
    "food": (
        "Nasi Lemak|Nasi Goreng|Mee Goreng|Kopi O|Kopi Ais|Teh Tarik|Teh O Ais Limau|Milo Ais|Roti Canai|Chicken Rice|Fried Rice|Laksa|"
        "Wantan Mee|Satay|Curry Chicken|Fish Ball Soup|Kailan|Toast|Half Boiled Egg|Cheeseburger|Burger|Fries|Cola|Mineral Water|Latte|"
        "Cappuccino|Espresso|Flat White|Green Tea|Iced Tea|Lemonade|Orange Juice|Beer|Red Wine|Pizza Margherita|Lasagne|Caesar Salad|"
        "Soup of the Day|Garlic Bread|Ice Cream|Cheesecake|Brownie|Pancakes|Omelette|Club Sandwich|Fish & Chips|Steak|Chicken Wings|"
        "Nachos|Tacos|Burrito|Sushi Set|Ramen|Gyoza|Tempura|Pad Thai|Spring Rolls|Dumplings|Noodle Soup|Tofu|Croissant|Bagel|Muffin|"
        "Tom Yam|Mushroom Risotto|Ravioli|Grilled Salmon|Pork Ribs|Lamb Chop|Veggie Wrap|Fruit Salad|Hot Chocolate|Set Lunch|Plain Water"
    ).split("|"),
    "grocery": (
        "Milk|Bread|Butter|Eggs|Rice|Sugar|Flour|Salt|Soy Sauce|Cooking Oil|Biscuit|Chocolate|Yogurt|Cheese|Banana|Apple|Tomato|Onion|"
        "Potato|Carrot|Chicken|Beef Mince|Salmon|Tissue|Toilet Roll|Shampoo|Soap|Toothpaste|Detergent|Dishwash|Mineral Water|Juice|Coffee|"
        "Tea Bags|Cereal|Oats|Honey|Jam|Pasta|Noodles|Sardines|Tuna|Peanuts|Chips|Candy|Ice Cream|Batteries|Candle|Napkin|Diapers|"
        "Cotton Buds|Lotion|Razor|Hand Wash|Sponge|Trash Bags|Foil|Mayonnaise|Ketchup|Chilli Sauce|Vinegar|Spinach|Cucumber|Grapes"
    ).split("|"),
    "hardware": (
        "Screw|Nail|Bolt|Nut|Washer|Hammer|Pliers|Drill Bit|Sandpaper|Paint Brush|Roller|Cable|Socket|Plug|LED Bulb|Light Tube|Switch|"
        "Tape|Glue|Silicone|PVC Pipe|Elbow|Valve|Hose|Bucket|Rope|Chain|Padlock|Hinge|Door Knob|Ladder|Gloves|Mask|Spray Paint|Thinner|"
        "Cement|Wire Mesh|Wood Plank|Notebook|Ballpen|Marker|A4 Paper|Stapler|File|Envelope|Calculator|Ruler|Eraser|Scissors|Folder|"
        "USB Cable|Keyboard|Mouse|Charger|Adapter|HDMI Cable|Toner|Headset|Toy Car|Doll|Gift Wrap|Photo Frame|Vase|Mug|Cutting Board"
    ).split("|"),
    "service": (
        "Consulting|Web hosting|Domain name|Software licence|Support hours|Maintenance|Installation|Delivery|Design work|Training day|"
        "Translation|Printing|Cleaning|Car rental|Hotel night|Train ticket|Photography|Subscription|Advertising|Data plan|Electricity|"
        "Gas supply|Internet access|Mobile bundle|Accounting|Legal advice|Server rack|Cloud storage|SSL certificate|Inspection|Repair|"
        "Spare parts|Assembly|Catering|Room hire|Transport|Packaging|Warehouse rent|Quality check|Project management"
    ).split("|"),
}
FOOD_STYLES = ("Grilled", "Spicy", "Iced", "Hot", "Large", "Small", "Regular", "Fried", "Special", "House", "Double", "Vegan", "Steamed",
               "Creamy", "Crispy", "Homemade", "Kids", "Daily", "Sweet", "Smoked", "Roasted", "Stir-Fried", "XL", "Classic", "Thai", "(L)", "1/2")  # fmt: skip
SLOTS: dict[str, tuple[str, ...] | list[str]] = {
    "adj": "new small large useful early late quiet simple careful strange friendly cheap busy clean modern local famous short long warm cold bright".split(),
    "thing": "report garden kitchen bridge letter machine meeting camera printer window station library market river village school office train picture engine book clock".split(),
    "person": "manager teacher visitor driver neighbour engineer nurse farmer student customer singer baker painter sailor doctor cook".split(),
    "verb": "opened repaired painted visited described measured replaced cleaned checked moved sold found improved explained closed remembered".split(),
    "time": [
        "yesterday",
        "last week",
        "in March",
        "on Monday",
        "this morning",
        "in 2016",
        "before noon",
        "after the holidays",
        "at night",
        "every year",
    ],
    "place": [
        "in the city",
        "near the coast",
        "at the station",
        "in our office",
        "on the second floor",
        "by the river",
        "in the north",
        "at home",
    ],
    "month": "January February March April May June July August September October November December".split(),
    "topic": "water energy health music travel history weather traffic food money language science sport art farming housing".split(),
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
