"""scikit-learn's MLP on the diamonds: 64-64, 30 epochs, a fifth held out. Prints one JSON object."""

import json
import sys
import time
import warnings

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPRegressor
from sklearn.preprocessing import OneHotEncoder, StandardScaler

path, seed = sys.argv[1], int(sys.argv[2])
table = pd.read_csv(path)
features, price = table.drop(columns="price"), table["price"].to_numpy(float)
training, held_out, price_training, price_held_out = train_test_split(
    features, price, test_size=0.2, random_state=seed
)

# Thirty epochs mean thirty: without an early end, which is not what is measured here.
warnings.simplefilter("ignore", ConvergenceWarning)
numbers = features.select_dtypes("number").columns.tolist()
categories = [column for column in features.columns if column not in numbers]

started = time.perf_counter()
encode = make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(), categories))
mean, deviation = price_training.mean(), price_training.std()
model = MLPRegressor(hidden_layer_sizes=(64, 64), max_iter=30, tol=0, n_iter_no_change=1000, random_state=seed)
model.fit(encode.fit_transform(training), (price_training - mean) / deviation)
fit_seconds = time.perf_counter() - started

predicted = model.predict(encode.transform(held_out)) * deviation + mean
rmse = float(np.sqrt(np.mean((predicted - price_held_out) ** 2)))
print(json.dumps({"rmse": rmse, "fitSeconds": fit_seconds}))
