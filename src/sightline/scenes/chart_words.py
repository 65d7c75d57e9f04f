"""What web charts are about: places, firms, goods, groups, answers, and the things that are counted."""

from __future__ import annotations


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(";") if part.strip())


COUNTRIES = _list("""
France; Germany; Spain; Italy; Poland; Norway; Sweden; Finland; Denmark; Ireland; Portugal; Greece; Turkey; Egypt;
Kenya; Ghana; Nigeria; South Africa; India; China; Japan; South Korea; Vietnam; Thailand; Malaysia; Indonesia;
Philippines; Australia; New Zealand; Canada; Mexico; Brazil; Peru; Chile; Argentina; Colombia; Cuba; Bolivia; Austria;
Belgium; Hungary; Romania; Ukraine; Iceland; Latvia; Qatar; Iran; Iraq; Nepal; Mongolia; United States; United Kingdom;
Netherlands; Switzerland; Russia; Czech Republic; Slovakia; Slovenia; Croatia; Serbia; Bulgaria; Estonia; Lithuania;
Luxembourg; Malta; Cyprus; Israel; Saudi Arabia; United Arab Emirates; Kuwait; Bahrain; Oman; Jordan; Lebanon; Syria;
Morocco; Tunisia; Algeria; Libya; Sudan; Ethiopia; Uganda; Tanzania; Rwanda; Zambia; Zimbabwe; Botswana; Namibia;
Mozambique; Madagascar; Mauritius; Senegal; Mali; Niger; Chad; Cameroon; Gabon; Angola; Congo; Cote d'Ivoire; Benin;
Pakistan; Bangladesh; Sri Lanka; Afghanistan; Kazakhstan; Uzbekistan; Armenia; Georgia; Azerbaijan; Myanmar; Laos;
Cambodia; Singapore; Hong Kong; Taiwan; Fiji; Samoa; Tonga; Papua New Guinea; Jamaica; Haiti; Dominican Republic;
Guatemala; Honduras; El Salvador; Nicaragua; Costa Rica; Panama; Ecuador; Venezuela; Guyana; Suriname; Paraguay;
Uruguay; Trinidad and Tobago; Bosnia and Herzegovina; North Macedonia; Albania; Belarus; Moldova; U.S.; UK; World;
Europe; Asia; Africa; Oceania; North America; South America; Sub-Saharan Africa; Middle East; European Union
""")
WHERE = _list("""
Germany; the United States; the United Kingdom; France; Italy; Spain; India; China; Japan; Canada; Australia; Brazil;
Mexico; Russia; South Korea; the Netherlands; Sweden; Norway; Denmark; Finland; Poland; Turkey; Switzerland; Austria;
Belgium; Ireland; Indonesia; Vietnam; Nigeria; South Africa; Egypt; Argentina; Colombia; Europe; Great Britain; Scotland;
the EU; Hong Kong; Singapore; Malaysia; the Philippines; Thailand; Pakistan; Israel; Greece; Portugal; Hungary
""")
STATES = _list("""
California; Texas; Florida; New York; Illinois; Ohio; Georgia; Michigan; Virginia; Washington; Arizona; Colorado; Utah;
Oregon; Nevada; Kansas; Iowa; Maine; Alaska; Hawaii; Vermont; Montana; North Carolina; New Jersey; Pennsylvania;
Massachusetts; Tennessee; Missouri; Maryland; Wisconsin; Minnesota; Ontario; Quebec; Bavaria; Lombardy; Catalonia;
Scotland; Wales; London; South East; North West; Yorkshire and the Humber; Maharashtra; Tamil Nadu; Guangdong; Tokyo
""")
FIRMS = _list("""
Amazon; Apple; Microsoft; Google; Facebook; Netflix; Samsung; Huawei; Sony; Nokia; Intel; IBM; Oracle; SAP; Cisco; Dell;
HP; Lenovo; Xiaomi; Oppo; Tesla; Toyota; Honda; Nissan; Ford; BMW; Audi; Volkswagen; Daimler; Renault; Fiat; Hyundai;
Kia; Volvo; Walmart; Target; Costco; Kroger; Tesco; Aldi; Lidl; Carrefour; Ikea; Zara; H&M; Nike; Adidas; Puma; Gucci;
Prada; Nestle; Danone; Unilever; PepsiCo; Coca-Cola; Starbucks; McDonald's; Burger King; Subway; KFC; Pfizer; Roche;
Novartis; Bayer; Merck; Shell; BP; Total; Chevron; Gazprom; HSBC; Barclays; Santander; Citigroup; Visa; PayPal; Airbnb;
Uber; Lyft; Twitter; YouTube; Instagram; WhatsApp; Snapchat; TikTok; Pinterest; LinkedIn; Spotify; Vodafone; T-Mobile;
Verizon; AT&T; Orange; Telstra; Siemens; Bosch; Philips; Panasonic; Canon; LG Electronics; General Electric; Boeing;
Airbus; Lufthansa; Ryanair; easyJet; Delta; United Airlines; Marriott; Hilton; Real Madrid; FC Barcelona; Liverpool FC;
Manchester City; Juventus; Bayern Munich; Walt Disney; Warner Music Group; Nintendo; Bank of America; Deutsche Bank
""")
GOODS = _list("""
Corn; Wheat; Rice; Barley; Oats; Soybeans; Potatoes; Tomatoes; Onions; Apples; Bananas; Oranges; Grapes; Beef; Pork;
Chicken; Fish and seafood; Milk; Cheese; Butter; Eggs; Bread; Coffee; Tea; Beer; Wine; Spirits; Soft drinks; Bottled water;
Cereals; Sugar; Chocolate; Coal; Crude oil; Natural gas; Nuclear; Hydropower; Wind; Solar; Biofuels; Electricity; Iron ore;
Copper; Nickel; Gold; Silver; Passenger cars; Trucks; Buses; Motorcycles; Bicycles; Electric vehicles; Smartphones; Tablets;
Laptops; Desktop; Mobile; Televisions; Video games; Books; Newspapers; Magazines; Radio; Television; Internet; Cinema;
Podcasts; Streaming; Social media; Search engines; E-mail; Furniture; Clothing; Footwear; Cosmetics; Toys; Jewelry;
Household appliances; Pharmacies; Supermarkets; Department stores; Online retail; Home improvement; Travel; Restaurants
""")
SECTORS = _list("""
Agriculture; Mining; Manufacturing; Construction; Wholesale trade; Retail trade; Transport and storage; Financial services;
Real estate; Education; Health care; Public administration; Arts and entertainment; Telecommunications; Utilities;
Information technology; Tourism; Hotels and restaurants; Professional services; Services; Industry; Government;
Personal transfers; Food and beverages; Chemicals; Textiles; Machinery; Electronics; Energy; Media; Insurance; Logistics;
Other; Others; Total; Research and development; Marketing; Human resources; Customer service; Sales; Engineering
""")
ANSWERS = _list("""
Very good; Good; Fair; Poor; Very poor; Agree; Disagree; Not sure; Yes; No; Don't know; Often; Sometimes; Rarely; Never;
Favorable; Unfavorable; Too much; Too little; About right; Strongly agree; Strongly disagree; No answer; Better; Worse;
The same; Very satisfied; Somewhat satisfied; Dissatisfied; A lot; A little; Not at all; Every day; Several times a week;
Once a week; Once a month; Less than once a month; Several times a day; Very likely; Somewhat likely; Unlikely; Undecided;
Increase; Decrease; Stay the same; No opinion; Don't know/refused; Somewhat; Very important; Not important; Neither
""")
REASONS = _list("""
Saving money; Better quality; Lower prices; Easy to use; Convenience; Free shipping; Brand reputation; Privacy concerns;
Too expensive; Lack of time; Fear of fraud; Recommended by friends; Customer reviews; Fast delivery; Wide selection;
Working from home; Spending time with family; Climate change; Unemployment; Health and social security; Immigration;
Rising prices/inflation/cost of living; Terrorism; Crime and violence; Corruption; Poverty and social inequality; Taxes;
Reading news online; Watching videos; Listening to music; Playing games; Sending e-mails; Online banking; Online shopping;
Looking for a job; Checking the weather; Using social networks; Booking travel; Taking photos; Making phone calls;
To stay in touch with friends and family; To learn something new; I don't trust the company; I never thought about it;
Not interested in the topic; Difficulties in finding a job; The high price of the product; Lack of available information;
Not having enough storage space; Physical activity and sports; Eating healthier food; Getting more sleep; Other reasons
""")
GROUPS = _list("""
Men; Women; Ages 18-29; 30-49; 50-64; 65+; White; Black; Hispanic; Asian; College grad+; Some college; HS or less; Republican;
Democrat; Independent; Rep/Lean Rep; Dem/Lean Dem; Conservative; Liberal; Moderate; Urban; Suburban; Rural; Catholic;
Protestant; Evangelical; Unaffiliated; Muslim; Jewish; Married; Single; Parents; Non-parents; Employed; Retired; Students;
All adults; U.S. adults; U.S. born; Foreign born; Less than $30K; $30K-$74,999; $75K+; Postgrad; Millennial; Gen X; Boomer;
Silent; Gen Z; Total; Low income; Middle income; High income
""")
AGES = _list("""
18-24; 25-34; 35-44; 45-54; 55-64; 65 and older; Under 18; 18 to 29 years; 30 to 44 years; 45 to 59 years; 60 years and over;
0-14 years; 15-64 years; 65 years and older; 12-17; 16-24; 18-29; 30-49; 50-64; 65+; 20 to 39; 40 to 59; 60 to 79; 80 plus
""")
SERIES_SETS: tuple[tuple[str, ...], ...] = tuple(
    _list(line)
    for line in """
Male; Female
Men; Women
Imports; Exports
Births; Deaths
Urban; Rural
Revenue; Net income
Online; Offline
Domestic; International
Passenger cars; Commercial vehicles
Public; Private
Smartphone; Tablet; Desktop
Agriculture; Industry; Services
0-14 years; 15-64 years; 65 years and older
North America; Europe; Asia Pacific; Rest of World
First quarter; Second quarter; Third quarter; Fourth quarter
Q1; Q2; Q3; Q4
Favorable; Unfavorable
Yes; No; Don't know
Agree; Disagree
Agree; Neither; Disagree
Very; Somewhat; Not too; Not at all
Good; Bad
Approve; Disapprove
Satisfied; Dissatisfied
Increase; Decrease; No change
Too much; About right; Too little
Rep/Lean Rep; Dem/Lean Dem
Republican; Democrat; Independent
More; Less; Same
A great deal; Some; Not much; None
Strongly agree; Agree
Lower; Middle; Upper
White; Black; Hispanic; Asian
Very satisfied; Satisfied; Not satisfied
Coal; Oil; Gas; Renewables
Adults; Children
Current year; Previous year
""".strip().splitlines()
)
MONTHS = _list("January; February; March; April; May; June; July; August; September; October; November; December")
SOURCES = _list("""
World Bank; OECD; United Nations; Eurostat; IHME, Global Burden of Disease; WHO; UN Population Division (2019 Revision);
Food and Agriculture Organization of the United Nations; UNESCO; World Health Organization; International Energy Agency;
International Labour Organization; Global Carbon Project; BP Statistical Review of World Energy; U.S. Census Bureau;
UN Statistics Division; World Trade Organization; UNICEF; IMF; FAO; International Telecommunication Union
""")

# noun, least, most: what is counted
THINGS: tuple[tuple[str, int, int], ...] = (
    ("hospital beds", 900, 90000), ("employees", 60, 150000), ("stores", 20, 9000), ("students", 900, 900000),
    ("monthly active users", 5, 900), ("Facebook users", 2, 90), ("mobile subscribers", 3, 120), ("visitors", 90, 40000),
    ("passengers", 90, 90000), ("overnight stays", 900, 90000), ("registered vehicles", 500, 90000),
    ("road fatalities", 20, 9000), ("homicides", 9, 900), ("murders", 9, 2500), ("births", 300, 90000), ("deaths", 90, 90000),
    ("confirmed cases", 50, 90000), ("app downloads", 2, 500), ("patents", 9, 9000), ("restaurants", 9, 9000),
    ("physicians", 90, 90000), ("museums", 5, 900), ("cinema screens", 9, 9000), ("aircraft", 9, 2500), ("films", 9, 900),
    ("goals", 2, 40), ("titles", 1, 30), ("inhabitants", 100, 90000), ("refugees", 90, 90000), ("immigrants", 90, 90000),
    ("newspapers", 9, 900), ("bank branches", 30, 9000), ("households", 300, 90000), ("internet users", 2, 900),
    ("smartphone users", 2, 300), ("viewers", 1, 30), ("marriages", 90, 90000), ("divorces", 90, 40000), ("arrests", 90, 90000),
    ("robberies", 90, 90000), ("accidents", 90, 90000), ("housing units", 90, 90000), ("farms", 90, 90000), ("hotels", 20, 9000),
    ("data breaches", 9, 2000), ("subscribers", 2, 250), ("followers", 1, 90), ("games played", 9, 900), ("players", 9, 9000),
    ("tourist arrivals", 90, 90000), ("vehicles sold", 90, 90000), ("units sold", 2, 900), ("shipments", 2, 400),
    ("job openings", 90, 9000), ("volunteers", 90, 9000), ("prisoners", 90, 90000), ("companies", 9, 9000), ("views", 1, 9),
    ("pupils enrolled", 90, 9000), ("teachers", 90, 9000), ("active cases", 9, 9000), ("vaccine doses", 9, 9000), ("dogs", 5, 900),
)  # fmt: skip
# what is measured in money
MONEY = _list("""
revenue; net income; turnover; net sales; operating profit; gross profit; market value; brand value; sales; advertising
spending; gross domestic product; GDP per capita; exports; imports; trade balance; average annual wage; average salary; median
household income; average price; retail sales; e-commerce revenue; research and development expenditure; military
expenditure; health expenditure; government debt; total assets; market capitalization; capital investment; operating costs;
consumer spending; box office revenue; ticket price; average monthly rent; sponsorship income; ad revenue; foreign direct
investment; premium income; economic impact; market size; tuition fees; tax revenue; visitor spending; production value
""")
MONEY_UNITS = _list("""
million U.S. dollars; billion U.S. dollars; U.S. dollars; million euros; billion euros; euros; million GBP; billion GBP; million
Swedish kronor; billion yuan; billion Indian rupees; trillion yen; million Canadian dollars; thousand U.S. dollars
""")
# rates and indices: measure, least, most, digits
RATES: tuple[tuple[str, float, float, int], ...] = (
    ("unemployment rate", 2, 26, 2), ("inflation rate", 0.4, 12, 2), ("GDP growth", 0.3, 9, 2), ("birth rate", 7, 45, 2),
    ("crude death rate", 4, 16, 2), ("fertility rate", 1.1, 6.5, 2), ("infant mortality rate", 1.8, 80, 1),
    ("life expectancy", 52, 86, 2), ("literacy rate", 40, 99, 2), ("population density", 3, 900, 2), ("population", 1, 98, 2),
    ("index score", 20, 110, 2), ("consumer price index", 80, 140, 1), ("satisfaction score", 60, 92, 0), ("homicide rate", 1, 60, 1),
    ("urbanization rate", 20, 98, 2), ("market share", 1, 70, 1), ("internet penetration rate", 10, 98, 1), ("interest rate", 0.2, 9, 2),
    ("poverty rate", 4, 60, 1), ("average age", 22, 48, 1), ("average temperature", 2, 33, 1), ("occupancy rate", 30, 92, 1),
    ("youth unemployment rate", 5, 50, 2), ("debt ratio", 10, 160, 2), ("export share", 2, 60, 1), ("production", 3, 900, 1),
    ("consumption", 3, 900, 1), ("CO2 emissions", 2, 900, 2), ("rainfall", 3, 900, 1), ("energy use", 5, 900, 0), ("yield", 1, 12, 2),
    ("generation of electricity", 2, 900, 1), ("water use", 9, 900, 1), ("average hours worked", 20, 48, 1), ("growth rate", 0.3, 25, 1),
    ("female population", 1, 70, 2), ("male population", 1, 70, 2), ("wholesale price index", 80, 140, 1), ("birth weight", 2, 4, 2),
    ("vacancy rate", 1, 25, 1), ("return on equity", 2, 30, 1), ("household size", 1.8, 6, 2), ("waste per capita", 90, 900, 0),
    ("forest area", 9, 9000, 0), ("total area", 90, 90000, 0), ("average daily rate", 60, 400, 2), ("crime rate", 5, 99, 2),
)  # fmt: skip
# (measure, unit on the axis, least, most, digits): what Our World in Data maps
WORLD: tuple[tuple[str, str, float, float, int], ...] = (
    ("Share of the population with access to electricity", "%", 5, 99, 1), ("Life expectancy", " years", 35, 85, 1),
    ("Children per woman", "", 1.2, 7.5, 2), ("CO2 emissions per capita", " t", 0.1, 22, 2), ("Meat consumption", " kg", 3, 130, 2),
    ("Death rate from air pollution", "", 8, 250, 2), ("Share of women with raised blood pressure", "%", 10, 36, 1),
    ("Child mortality rate", "%", 0.3, 30, 2), ("Prevalence of undernourishment", "%", 2, 45, 1), ("Number of deaths from malaria", "", 5, 90000, 0),
    ("Deaths from eating disorders", "", 1, 900, 0), ("Deaths from natural disasters", "", 5, 9000, 0), ("Tuberculosis rate", "", 3, 700, 2),
    ("Share of people who are obese", "%", 3, 40, 1), ("Cereal yield", " t", 0.6, 9, 2), ("Agricultural land per capita", " ha", 0.05, 4, 2),
    ("Government expenditure on education", "%", 1.5, 9, 2), ("Share of land covered by forest", "%", 1, 80, 2), ("Population", "", 90000, 900000000, 0),
    ("Annual CO2 emissions", " t", 100000, 900000000, 0), ("Number of internet users", "", 90000, 90000000, 0), ("Happiness score", "", 2.8, 7.8, 2),
    ("Share of adults who smoke", "%", 5, 50, 1), ("Energy use per capita", " kWh", 900, 90000, 0), ("Literacy rate", "%", 25, 99, 1),
    ("Emissions of air pollutants", "", 10, 140, 2), ("Taxes on goods and services", "%", 5, 55, 2), ("Alcohol consumption", " L", 0.5, 14, 2),
    ("Homicide rate", "", 0.4, 50, 2), ("Suicide death rate", "", 3, 30, 2), ("Country programmable aid", "", 1, 900, 2), ("GDP per capita", "$", 700, 70000, 0),
    ("Share of deaths from unsafe water sources", "%", 0.1, 12, 2), ("Fish catch", " t", 900, 900000, 0), ("Age dependency ratio", "%", 25, 105, 2),
    ("Share of primary energy from renewables", "%", 1, 70, 2), ("Average years of schooling", " years", 1.5, 13, 1), ("Dependency ratio", "%", 30, 99, 2),
    ("Incidence of HIV", "%", 0.05, 2.5, 2), ("Vaccination coverage", "%", 40, 99, 0), ("Employment in agriculture", "%", 1, 80, 2),
    ("Land use per kilogram of food product", " m\u00b2", 0.5, 300, 2), ("Tourist trips", "", 90000, 90000000, 0),
)  # fmt: skip
# what Pew asks: subject of the survey, how a question names it
VIEWS = _list("""
view of China; view of the U.S.; view of the UN; view of the EU; confidence in the president; trust in the media; trust in
scientists; use of social media; belief in God; support for the law; concern about climate change; opinion of the economy;
satisfaction with democracy; interest in politics; views on immigration; views on gun policy; use of the internet;
opinion on vaccines; job approval; trust in government; view of NATO; view of Russia; worry about privacy; news on Facebook
""")
SAY = _list("""
say the economic situation is good; have a favorable view of China; say they trust the media; get news on social media; say
the country is going in the right direction; think children will be better off; say climate change is a major threat; use
the internet daily; own a smartphone; believe in God; pray every day; support the new law; say the economy is in bad shape;
worry about terrorism; say immigration is good for the country; approve of the president; are satisfied with democracy;
have confidence in the U.S. president; say they follow the news; think vaccines are safe; say religion is very important;
oppose the death penalty; say they read books; have ever used online dating; say trade is good; work from home
""")
