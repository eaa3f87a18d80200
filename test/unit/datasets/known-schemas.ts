/**
 * Headers of well-known public tables with values of the right kind, made up. A column is `name:values`: `#` counts the
 * rows, `1..80` are whole numbers, `0.1..4.5` are numbers, `a/b` are categories; `@name`, `@code`, `@text` and `@date`
 * are different in nearly every row.
 */
import { uniformAt } from '../../../src/engine/datasets/random';

export const SCHEMAS: readonly (readonly [name: string, target: string, columns: string])[] = [
  [
    'titanic',
    'Survived',
    'PassengerId:# | Survived:0/1 | Pclass:1/2/3 | Name:@name | Sex:male/female | Age:1..80 | SibSp:0..4 | Parch:0..3 | Ticket:@code | Fare:7.2..90.5 | Cabin:@code | Embarked:S/C/Q',
  ],
  [
    'adult',
    'income',
    'age:17..90 | workclass:Private/State-gov/Self-emp | fnlwgt:12000..900000 | education:HS-grad/Bachelors/Masters | education.num:1..16 | marital.status:Never-married/Divorced | occupation:Sales/Tech-support/Other | relationship:Husband/Wife/Own-child | race:White/Black/Other | sex:Male/Female | capital.gain:0..9999 | capital.loss:0..2000 | hours.per.week:10..80 | native.country:United-States/Mexico | income:<=50K/>50K',
  ],
  [
    'iris',
    'Species',
    'Id:# | SepalLengthCm:4.3..7.9 | SepalWidthCm:2.0..4.4 | PetalLengthCm:1.0..6.9 | PetalWidthCm:0.1..2.5 | Species:Iris-setosa/Iris-versicolor/Iris-virginica',
  ],
  [
    'wine quality',
    'quality',
    'fixed acidity:4.6..15.9 | volatile acidity:0.1..1.6 | citric acid:0.0..1.0 | residual sugar:0.9..15.5 | chlorides:0.01..0.6 | free sulfur dioxide:1..72 | total sulfur dioxide:6..289 | density:0.99..1.01 | pH:2.7..4.0 | sulphates:0.3..2.0 | alcohol:8.4..14.9 | quality:3/4/5/6/7/8',
  ],
  [
    'wine cultivars, target first',
    'Class',
    'Class:1/2/3 | Alcohol:11.0..14.8 | Malic acid:0.7..5.8 | Ash:1.4..3.2 | Magnesium:70..162 | Total phenols:0.9..3.9 | Flavanoids:0.3..5.1 | Hue:0.5..1.7 | Proline:278..1680',
  ],
  [
    'bank marketing',
    'y',
    'age:18..95 | job:admin./technician/services | marital:married/single/divorced | education:primary/secondary/tertiary | default:no/yes | balance:-800..9000 | housing:no/yes | loan:no/yes | contact:cellular/telephone | day:1..31 | month:may/jun/jul | duration:4..4000 | campaign:1..20 | pdays:-1..800 | previous:0..20 | poutcome:unknown/failure/success | y:no/yes',
  ],
  [
    'bank marketing, deposit',
    'deposit',
    'age:18..95 | job:admin./technician/services | marital:married/single | default:no/yes | balance:-800..9000 | housing:no/yes | loan:no/yes | duration:4..4000 | poutcome:unknown/failure | deposit:no/yes',
  ],
  [
    'bank churn',
    'Exited',
    'RowNumber:# | CustomerId:15565701..15815690 | Surname:@name | CreditScore:350..850 | Geography:France/Spain/Germany | Gender:Male/Female | Age:18..92 | Tenure:0..10 | Balance:0.0..250898.1 | NumOfProducts:1/2/3/4 | HasCrCard:0/1 | IsActiveMember:0/1 | EstimatedSalary:11.5..199992.4 | Exited:0/1',
  ],
  [
    'heart disease',
    'target',
    'age:29..77 | sex:0/1 | cp:0/1/2/3 | trestbps:94..200 | chol:126..564 | fbs:0/1 | restecg:0/1/2 | thalach:71..202 | exang:0/1 | oldpeak:0.0..6.2 | slope:0/1/2 | ca:0/1/2/3 | thal:1/2/3 | target:0/1',
  ],
  [
    'heart failure prediction',
    'HeartDisease',
    'Age:28..77 | Sex:M/F | ChestPainType:ATA/NAP/ASY | RestingBP:80..200 | Cholesterol:0..603 | FastingBS:0/1 | RestingECG:Normal/ST/LVH | MaxHR:60..202 | ExerciseAngina:N/Y | Oldpeak:-2.6..6.2 | ST_Slope:Up/Flat/Down | HeartDisease:0/1',
  ],
  [
    'heart failure records',
    'DEATH_EVENT',
    'age:40..95 | anaemia:0/1 | creatinine_phosphokinase:23..7861 | diabetes:0/1 | ejection_fraction:14..80 | high_blood_pressure:0/1 | platelets:25100..850000 | serum_creatinine:0.5..9.4 | serum_sodium:113..148 | sex:0/1 | smoking:0/1 | time:4..285 | DEATH_EVENT:0/1',
  ],
  [
    'california housing',
    'median_house_value',
    'longitude:-124.3..-114.3 | latitude:32.5..41.9 | housing_median_age:1..52 | total_rooms:2..39320 | total_bedrooms:1..6445 | population:3..35682 | households:1..6082 | median_income:0.5..15.0 | median_house_value:14999..500001 | ocean_proximity:NEAR BAY/INLAND/ISLAND',
  ],
  [
    'boston housing',
    'MEDV',
    'CRIM:0.01..88.9 | ZN:0.0..100.0 | INDUS:0.5..27.7 | CHAS:0/1 | NOX:0.4..0.9 | RM:3.6..8.8 | AGE:2.9..100.0 | DIS:1.1..12.1 | RAD:1..24 | TAX:187..711 | PTRATIO:12.6..22.0 | B:0.3..396.9 | LSTAT:1.7..38.0 | MEDV:5.0..50.0',
  ],
  [
    'mushrooms',
    'class',
    'class:e/p | cap-shape:x/b/f | cap-surface:s/y/f | cap-color:n/y/w | bruises:t/f | odor:p/a/l/n | gill-size:n/b | stalk-shape:e/t | population:s/n/a | habitat:u/g/m',
  ],
  [
    'credit card default',
    'default.payment.next.month',
    'ID:# | LIMIT_BAL:10000..1000000 | SEX:1/2 | EDUCATION:1/2/3/4 | MARRIAGE:1/2/3 | AGE:21..79 | PAY_0:-2..8 | PAY_2:-2..8 | BILL_AMT1:-1000..964511 | BILL_AMT2:-1000..983931 | PAY_AMT1:0..873552 | PAY_AMT2:0..168425 | default.payment.next.month:0/1',
  ],
  [
    'german credit',
    'Risk',
    'Age:19..75 | Sex:male/female | Job:0/1/2/3 | Housing:own/free/rent | Saving accounts:little/moderate/rich | Checking account:little/moderate/rich | Credit amount:250..18424 | Duration:4..72 | Purpose:car/radio/education | Risk:good/bad',
  ],
  [
    'pima diabetes',
    'Outcome',
    'Pregnancies:0..17 | Glucose:44..199 | BloodPressure:24..122 | SkinThickness:0..99 | Insulin:0..846 | BMI:18.2..67.1 | DiabetesPedigreeFunction:0.08..2.42 | Age:21..81 | Outcome:0/1',
  ],
  [
    'diabetes prediction',
    'diabetes',
    'gender:Female/Male | age:1..80 | hypertension:0/1 | heart_disease:0/1 | smoking_history:never/current/former | bmi:10.0..60.3 | HbA1c_level:3.5..9.0 | blood_glucose_level:80..300 | diabetes:0/1',
  ],
  [
    'spambase',
    'spam',
    'word_freq_make:0.0..4.5 | word_freq_address:0.0..14.2 | word_freq_all:0.0..5.1 | char_freq_!:0.0..32.4 | capital_run_length_average:1.0..1102.5 | capital_run_length_total:1..15841 | spam:0/1',
  ],
  ['sms spam', 'v1', 'v1:ham/spam | v2:@text'],
  ['sms spam, named', 'label', 'label:ham/spam | message:@text'],
  [
    'car evaluation',
    'class',
    'buying:vhigh/high/med/low | maint:vhigh/high/med/low | doors:2/3/4/5more | persons:2/4/more | lug_boot:small/med/big | safety:low/med/high | class:unacc/acc/good/vgood',
  ],
  [
    'abalone',
    'Rings',
    'Sex:M/F/I | Length:0.1..0.8 | Diameter:0.1..0.7 | Height:0.01..1.1 | Whole weight:0.01..2.8 | Shucked weight:0.01..1.5 | Viscera weight:0.01..0.8 | Shell weight:0.01..1.0 | Rings:1..29',
  ],
  [
    'bike sharing by day',
    'cnt',
    'instant:# | dteday:@date | season:1/2/3/4 | yr:0/1 | mnth:1..12 | holiday:0/1 | weekday:0..6 | workingday:0/1 | weathersit:1/2/3 | temp:0.06..0.86 | atemp:0.08..0.84 | hum:0.0..0.97 | windspeed:0.02..0.5 | casual:2..3410 | registered:20..6946 | cnt:22..8714',
  ],
  [
    'bike sharing demand',
    'count',
    'datetime:@date | season:1/2/3/4 | holiday:0/1 | workingday:0/1 | weather:1/2/3 | temp:0.8..41.0 | atemp:0.8..45.5 | humidity:0..100 | windspeed:0.0..57.0 | casual:0..367 | registered:0..886 | count:1..977',
  ],
  [
    'insurance',
    'charges',
    'age:18..64 | sex:female/male | bmi:16.0..53.1 | children:0..5 | smoker:yes/no | region:southwest/southeast/northwest | charges:1121.9..63770.4',
  ],
  [
    'telco churn',
    'Churn',
    'customerID:@code | gender:Female/Male | SeniorCitizen:0/1 | Partner:Yes/No | Dependents:Yes/No | tenure:0..72 | PhoneService:Yes/No | InternetService:DSL/Fiber optic/No | Contract:Month-to-month/One year/Two year | PaymentMethod:Electronic check/Mailed check | MonthlyCharges:18.3..118.8 | TotalCharges:18.8..8684.8 | Churn:Yes/No',
  ],
  [
    'breast cancer wisconsin',
    'diagnosis',
    'id:842302..926954 | diagnosis:M/B | radius_mean:6.9..28.1 | texture_mean:9.7..39.3 | perimeter_mean:43.7..188.5 | area_mean:143.5..2501.0 | smoothness_mean:0.05..0.16 | radius_worst:7.9..36.0 | symmetry_worst:0.15..0.66 | fractal_dimension_worst:0.05..0.2',
  ],
  [
    'glass',
    'Type',
    'RI:1.511..1.534 | Na:10.7..17.4 | Mg:0.0..4.5 | Al:0.3..3.5 | Si:69.8..75.4 | K:0.0..6.2 | Ca:5.4..16.2 | Ba:0.0..3.2 | Fe:0.0..0.5 | Type:1/2/3/5/6/7',
  ],
  [
    'seeds',
    'Type',
    'Area:10.6..21.2 | Perimeter:12.4..17.3 | Compactness:0.8..0.92 | Kernel.Length:4.9..6.7 | Kernel.Width:2.6..4.0 | Asymmetry.Coeff:0.8..8.5 | Kernel.Groove:4.5..6.6 | Type:1/2/3',
  ],
  [
    'penguins',
    'species',
    'species:Adelie/Chinstrap/Gentoo | island:Torgersen/Biscoe/Dream | bill_length_mm:32.1..59.6 | bill_depth_mm:13.1..21.5 | flipper_length_mm:172..231 | body_mass_g:2700..6300 | sex:MALE/FEMALE | year:2007/2008/2009',
  ],
  [
    'diamonds',
    'price',
    'carat:0.2..5.0 | cut:Ideal/Premium/Good | color:E/I/J | clarity:SI2/SI1/VS1 | depth:43.0..79.0 | table:43.0..95.0 | price:326..18823 | x:0.0..10.7 | y:0.0..58.9 | z:0.0..31.8',
  ],
  [
    'auto mpg',
    'mpg',
    'mpg:9.0..46.6 | cylinders:3/4/6/8 | displacement:68.0..455.0 | horsepower:46..230 | weight:1613..5140 | acceleration:8.0..24.8 | model year:70..82 | origin:1/2/3 | car name:@name',
  ],
  [
    'student performance, Portugal',
    'G3',
    'school:GP/MS | sex:F/M | age:15..22 | address:U/R | famsize:GT3/LE3 | Medu:0..4 | Fedu:0..4 | Mjob:at_home/health/other | reason:course/home | studytime:1/2/3/4 | failures:0/1/2/3 | higher:yes/no | health:1/2/3/4/5 | absences:0..75 | G1:3..19 | G2:0..19 | G3:0..20',
  ],
  [
    'HR attrition',
    'Attrition',
    'Age:18..60 | Attrition:Yes/No | BusinessTravel:Travel_Rarely/Non-Travel | DailyRate:102..1499 | Department:Sales/Research/HR | DistanceFromHome:1..29 | EducationField:Medical/Other | EmployeeCount:1 | EmployeeNumber:# | Gender:Male/Female | JobSatisfaction:1/2/3/4 | MonthlyIncome:1009..19999 | Over18:Y | OverTime:Yes/No | PerformanceRating:3/4 | StandardHours:80 | YearsAtCompany:0..40 | YearsWithCurrManager:0..17',
  ],
  [
    'HR analytics',
    'left',
    'satisfaction_level:0.09..1.0 | last_evaluation:0.36..1.0 | number_project:2..7 | average_montly_hours:96..310 | time_spend_company:2..10 | Work_accident:0/1 | left:0/1 | promotion_last_5years:0/1 | sales:technical/support/hr | salary:low/medium/high',
  ],
  [
    'loan prediction',
    'Loan_Status',
    'Loan_ID:@code | Gender:Male/Female | Married:Yes/No | Dependents:0/1/2/3+ | Education:Graduate/Not Graduate | Self_Employed:Yes/No | ApplicantIncome:150..81000 | CoapplicantIncome:0..41667 | LoanAmount:9..700 | Loan_Amount_Term:120/180/360 | Credit_History:0/1 | Property_Area:Urban/Rural | Loan_Status:Y/N',
  ],
  [
    'stroke',
    'stroke',
    'id:67..72940 | gender:Male/Female | age:1..82 | hypertension:0/1 | heart_disease:0/1 | ever_married:Yes/No | work_type:Private/Govt_job | Residence_type:Urban/Rural | avg_glucose_level:55.1..271.7 | bmi:10.3..97.6 | smoking_status:smokes/never smoked | stroke:0/1',
  ],
  [
    'hotel bookings',
    'is_canceled',
    'hotel:Resort Hotel/City Hotel | is_canceled:0/1 | lead_time:0..737 | arrival_date_year:2015/2016/2017 | arrival_date_month:July/August | arrival_date_week_number:1..53 | stays_in_week_nights:0..10 | adults:1/2/3 | meal:BB/HB | country:PRT/GBR/FRA | market_segment:Direct/Online TA | is_repeated_guest:0/1 | deposit_type:No Deposit/Refundable | adr:0.0..510.5 | reservation_status:Check-Out/Canceled | reservation_status_date:@date',
  ],
  [
    'hotel reservations',
    'booking_status',
    'Booking_ID:@code | no_of_adults:1/2/3 | no_of_week_nights:0..9 | type_of_meal_plan:Meal Plan 1/Not Selected | lead_time:0..443 | arrival_year:2017/2018 | arrival_month:1..12 | market_segment_type:Offline/Online | repeated_guest:0/1 | avg_price_per_room:0.0..540.5 | booking_status:Canceled/Not_Canceled',
  ],
  [
    'avocado prices',
    'AveragePrice',
    'column0:# | Date:@date | AveragePrice:0.44..3.25 | Total Volume:84.5..62505646.5 | 4046:0.0..22743616.1 | 4225:0.0..20470572.6 | Total Bags:0.0..19373134.3 | type:conventional/organic | year:2015/2016/2017 | region:Albany/Atlanta/Boston',
  ],
  [
    'used cars',
    'Selling_Price',
    'Car_Name:@name | Year:2003..2018 | Selling_Price:0.1..35.0 | Present_Price:0.3..92.6 | Kms_Driven:500..500000 | Fuel_Type:Petrol/Diesel | Seller_Type:Dealer/Individual | Transmission:Manual/Automatic | Owner:0/1/3',
  ],
  [
    'used cars, short',
    'price',
    'model:A1/A3/Q5 | year:2002..2020 | price:1500..145000 | transmission:Manual/Automatic | mileage:1..323000 | fuelType:Petrol/Diesel | tax:0..580 | mpg:19.1..188.3 | engineSize:1.0..6.3',
  ],
  [
    'house prices, Ames',
    'SalePrice',
    'Id:# | MSSubClass:20..190 | MSZoning:RL/RM/FV | LotFrontage:21..313 | LotArea:1300..215245 | Street:Pave/Grvl | OverallQual:1..10 | OverallCond:1..9 | YearBuilt:1872..2010 | GrLivArea:334..5642 | GarageCars:0/1/2/3 | MoSold:1..12 | YrSold:2006..2010 | SaleType:WD/New | SaleCondition:Normal/Abnorml | SalePrice:34900..755000',
  ],
  [
    'houses, King County',
    'price',
    'id:1000102..9900000190 | date:@date | price:75000..7700000 | bedrooms:1..8 | bathrooms:0.5..8.0 | sqft_living:290..13540 | floors:1/2/3 | waterfront:0/1 | view:0..4 | condition:1..5 | grade:3..13 | yr_built:1900..2015 | zipcode:98001..98199 | lat:47.1..47.8 | long:-122.5..-121.3',
  ],
  ['imdb reviews', 'sentiment', 'review:@text | sentiment:positive/negative'],
  [
    'airline tweets',
    'airline_sentiment',
    'tweet_id:567588278875213000..570310600460525000 | airline_sentiment:neutral/positive/negative | airline_sentiment_confidence:0.33..1.0 | negativereason:Late Flight/Bad Service | airline:United/Delta/Virgin | name:@name | retweet_count:0..44 | text:@text | tweet_created:@date | user_timezone:Eastern Time/Pacific Time',
  ],
  [
    'tweet disasters',
    'target',
    'id:# | keyword:ablaze/accident/aftershock | location:@name | text:@text | target:0/1',
  ],
  [
    'credit card fraud',
    'Class',
    'Time:0..172792 | V1:-56.4..2.5 | V2:-72.7..22.1 | V3:-48.3..9.4 | V28:-15.4..33.8 | Amount:0.0..25691.2 | Class:0/1',
  ],
  [
    'online payments fraud',
    'isFraud',
    'step:1..743 | type:PAYMENT/TRANSFER/CASH_OUT | amount:0.0..92445516.6 | nameOrig:@code | oldbalanceOrg:0.0..59585040.4 | newbalanceOrig:0.0..49585040.4 | nameDest:@code | oldbalanceDest:0.0..356015889.4 | isFraud:0/1 | isFlaggedFraud:0/1',
  ],
  [
    'pixels, label first',
    'label',
    'label:0..9 | pixel0:0..255 | pixel1:0..255 | pixel2:0..255 | pixel3:0..255 | pixel4:0..255 | pixel5:0..255',
  ],
  ['sonar', 'Label', 'Freq_1:0.0..0.14 | Freq_2:0.0..0.24 | Freq_3:0.0..0.31 | Freq_4:0.0..0.43 | Label:R/M'],
  ['sonar without names', 'c60', 'c0:0.0..0.14 | c1:0.0..0.24 | c2:0.0..0.31 | c3:0.0..0.43 | c60:R/M'],
  [
    'ionosphere',
    'class',
    'feature1:0/1 | feature2:0 | feature3:-1.0..1.0 | feature4:-1.0..1.0 | feature5:-1.0..1.0 | class:g/b',
  ],
  [
    'fifa players',
    'overall',
    'sofifa_id:158023..259105 | short_name:@name | age:16..42 | height_cm:155..205 | nationality:Argentina/Portugal/France | overall:47..94 | potential:47..95 | preferred_foot:Left/Right | weak_foot:1..5 | pace:20..96 | shooting:15..93',
  ],
  [
    'netflix titles',
    'type',
    'show_id:@code | type:Movie/TV Show | title:@name | director:@name | cast:@text | country:India/Japan/France | date_added:@date | release_year:1960..2021 | rating:PG-13/TV-MA/R | duration:90 min/1 Season | description:@text',
  ],
  [
    'water potability',
    'Potability',
    'ph:0.0..14.0 | Hardness:47.4..323.1 | Solids:320.9..61227.2 | Chloramines:0.3..13.1 | Sulfate:129.0..481.0 | Turbidity:1.4..6.7 | Potability:0/1',
  ],
  [
    'rain in Australia',
    'RainTomorrow',
    'Date:@date | Location:Albury/Sydney/Perth | MinTemp:-8.5..33.9 | MaxTemp:-4.8..48.1 | Rainfall:0.0..371.1 | WindGustDir:W/WNW/N | Humidity9am:0..100 | Pressure3pm:977.1..1039.6 | RainToday:No/Yes | RainTomorrow:No/Yes',
  ],
  [
    'crop recommendation',
    'label',
    'N:0..140 | P:5..145 | K:5..205 | temperature:8.8..43.7 | humidity:14.3..100.0 | ph:3.5..9.9 | rainfall:20.2..298.6 | label:rice/maize/coffee',
  ],
  [
    'mobile prices',
    'price_range',
    'battery_power:501..1998 | blue:0/1 | clock_speed:0.5..3.0 | dual_sim:0/1 | fc:0..19 | int_memory:2..64 | n_cores:1..8 | px_height:0..1960 | ram:256..3998 | three_g:0/1 | touch_screen:0/1 | wifi:0/1 | price_range:0/1/2/3',
  ],
  ['advertising', 'Sales', 'TV:0.7..296.4 | Radio:0.0..49.6 | Newspaper:0.3..114.0 | Sales:1.6..27.0'],
  [
    'energy efficiency',
    'Y1',
    'X1:0.62..0.98 | X2:514.5..808.5 | X3:245.0..416.5 | X4:110.2..220.5 | X5:3.5/7 | X6:2/3/4/5 | Y1:6.0..43.1',
  ],
  [
    'concrete',
    'concrete_compressive_strength',
    'cement:102.0..540.0 | blast_furnace_slag:0.0..359.4 | fly_ash:0.0..200.1 | water:121.8..247.0 | superplasticizer:0.0..32.2 | coarse_aggregate:801.0..1145.0 | age:1..365 | concrete_compressive_strength:2.3..82.6',
  ],
  [
    'social network ads',
    'Purchased',
    'User ID:15566689..15815236 | Gender:Male/Female | Age:18..60 | EstimatedSalary:15000..150000 | Purchased:0/1',
  ],
  ['years and salary', 'Salary', 'YearsExperience:1.1..10.5 | Salary:37731..122391'],
  [
    'kidney disease',
    'classification',
    'id:# | age:2..90 | bp:50..180 | al:0..5 | rbc:normal/abnormal | bgr:22..490 | htn:yes/no | dm:yes/no | appet:good/poor | classification:ckd/notckd',
  ],
  [
    'flights delay',
    'Delay',
    'id:# | Airline:CO/US/AA | Flight:1..7814 | AirportFrom:SFO/PHX/LAX | AirportTo:IAH/CLT/DFW | DayOfWeek:1..7 | Time:10..1439 | Length:0..655 | Delay:0/1',
  ],
  [
    'framingham',
    'TenYearCHD',
    'male:0/1 | age:32..70 | education:1/2/3/4 | currentSmoker:0/1 | cigsPerDay:0..70 | BPMeds:0/1 | prevalentStroke:0/1 | prevalentHyp:0/1 | diabetes:0/1 | totChol:107..696 | sysBP:83.5..295.0 | BMI:15.5..56.8 | glucose:40..394 | TenYearCHD:0/1',
  ],
  [
    'heart disease indicators',
    'HeartDisease',
    'HeartDisease:No/Yes | BMI:12.0..94.8 | Smoking:No/Yes | AlcoholDrinking:No/Yes | Stroke:No/Yes | PhysicalHealth:0..30 | Sex:Female/Male | Diabetic:No/Yes | SleepTime:1..24 | Asthma:No/Yes | SkinCancer:No/Yes',
  ],
  [
    'marketing campaign',
    'Response',
    'ID:# | Year_Birth:1893..1996 | Education:PhD/Master/Graduation | Marital_Status:Single/Together | Income:1730..666666 | Kidhome:0/1/2 | Recency:0..99 | MntWines:0..1493 | NumWebPurchases:0..27 | Complain:0/1 | Z_CostContact:3 | Response:0/1',
  ],
];

const WORDS =
  'the of a this film food great bad awful quick slow room staff price love hate again never always plot scene phone battery'.split(
    ' ',
  );
const SYLLABLES = 'ka lo mi ran tor es vel du sha in por ber'.split(' ');

/** The table as CSV. */
export function tableOf(columns: string, rows: number): string {
  const parts = columns.split(' | ').map((column) => {
    const at = column.lastIndexOf(':', column.length - 1);
    return { name: column.slice(0, at), values: column.slice(at + 1) };
  });
  const lines = Array.from({ length: rows }, (_, row) =>
    parts.map(({ values }, column) => valueOf(values, row, column)).join(','),
  );
  return [parts.map(({ name }) => name).join(','), ...lines].join('\n');
}

function valueOf(values: string, row: number, column: number): string {
  const draw = (stream: number): number => uniformAt(77 + column, stream, row);
  const pick = (from: readonly string[], stream: number): string =>
    from[Math.floor(draw(stream) * from.length)] ?? '';
  if (values === '#') return String(row + 1);
  if (values === '@name')
    return `${pick(SYLLABLES, 1)}${pick(SYLLABLES, 2)}${pick(SYLLABLES, 3)}${pick(SYLLABLES, 4)}`;
  if (values === '@code') return `${Math.floor(1000 + draw(1) * 8999)}-${pick(SYLLABLES, 2).toUpperCase()}`;
  if (values === '@text') return Array.from({ length: 12 }, (_, at) => pick(WORDS, at)).join(' ');
  if (values === '@date') return new Date(Date.UTC(2015, 0, 1 + row)).toISOString().slice(0, 10);
  const range = /^(-?[\d.]+?)\.\.(-?[\d.]+)$/u.exec(values);
  if (range === null) return pick(values.split('/'), 1);
  const [low, high] = [Number(range[1]), Number(range[2])];
  const value = low + draw(1) * (high - low);
  return values.replace('..', '').includes('.') ? value.toFixed(3) : String(Math.round(value));
}
