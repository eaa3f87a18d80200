/**
 * Every term of the field that the interface uses, in one sentence each: shown on hover, and the source of
 * docs/GLOSSARY.md (`npm run docs`).
 */
export const glossary = {
  accuracy: 'The share of rows whose predicted class is the right one.',
  'average precision':
    'How right the model is when it names the rows of the rare class, the surest first: 1 is perfect, a random order gives the share of that class.',
  'balanced accuracy':
    'The share of right rows of each class, averaged over the classes, so that rare classes count as much as common ones.',
  baseline:
    'What a guess without any learning would reach, for example always naming the most frequent class.',
  batch: 'The examples that the model sees before its weights are corrected once.',
  'bits per character':
    'How many bits the model needs on average to name the next character; fewer is better, and random text over 64 characters needs 6.',
  checkpoint: 'A copy of the training on disk, from which it can go on after an interruption.',
  'class balance':
    'How many rows each class has; where one has far more than the others, a model may do well by hardly ever naming these.',
  classification: 'Choosing one of a few names, for example the species of a penguin.',
  confidence: 'The probability that the model itself gives to its answer; it can be confident and wrong.',
  context: 'How many characters the model can look back on.',
  'early stopping':
    'Ending the training when the validation loss no longer falls, and keeping the best weights.',
  correlation:
    'How nearly two columns of numbers lie on a straight line: 1 both rise, -1 one falls, 0 no line (Pearson).',
  'correlation ratio':
    'How far the means of a number differ between classes, held against how much it varies at all: 0 not, 1 completely (eta, corrected for chance).',
  "cramér's v":
    'How closely two columns of names go together: 0 not at all, 1 each names the other (corrected for chance).',
  epoch: 'One pass over all training rows.',
  f1: 'The balance of finding all rows of a class and of being right when naming it; 1 is perfect.',
  inference: 'The trained model judges new rows, forward only: its weights no longer change.',
  interval:
    'The range in which the true value of a row lies for about 90 % of rows; wide where validation rows with predictions like it were far off.',
  generation: 'The trained model writes new text, one piece at a time, each piece fed back to it.',
  'language model': 'A model that learns which character is likely to come next, and can so write.',
  histogram: 'A picture of how often numbers stand in each of some ranges: a bar for each range.',
  latency: 'The time from a question to its answer.',
  'learning rate': 'How far each step moves the weights.',
  learning:
    'The model studies the data forward and backward: it guesses, sees how wrong it was, and its weights are corrected.',
  loss: 'How wrong the model is, in one number that training makes smaller.',
  mae: 'The mean distance between prediction and truth, in the units of the target.',
  overfitting: 'Learning the training rows by heart: training gets better while validation gets worse.',
  'model family': 'The kind of model: how its numbers are arranged and what it can express.',
  'mutual information':
    'How much is known of the target once the value of a column is known, as a share of all that is open; what chance alone would seem to tell is taken off, 100 % leaves nothing open.',
  p50: 'Half of the requests were answered within this time.',
  p95: 'Of 100 requests, 95 were answered within this time.',
  parameters: 'The numbers inside the model that training adjusts.',
  perplexity: 'Between how many characters the model hesitates on average; 1 would be certainty.',
  'rank correlation':
    'The correlation of the ranks in place of the numbers: 1 where one rises whenever the other does, by whatever curve (Spearman).',
  'r²': 'The share of the variation that the model explains: 1 is perfect, 0 no better than the mean.',
  regression: 'Predicting a number, for example a price.',
  rmse: 'The typical distance between prediction and truth, large errors counted more, in the units of the target.',
  run: 'One training with all that belongs to it: settings, metrics and model.',
  seed: 'The number that all randomness starts from; equal seeds give equal results.',
  step: 'One correction of the weights.',
  target: 'The column that the model learns to predict.',
  temperature: 'How freely the model writes: near 0 it repeats the likeliest, above 1 it takes risks.',
  token: 'The piece that a language model writes at a time; here one character.',
  'top-k': 'Only the k likeliest characters may be chosen.',
  'top-p': 'Only the likeliest characters that together reach the probability p may be chosen.',
  training: 'The part of the rows that the model learns from.',
  unsure:
    'The model gives its best answer a probability under 60 %, or the row has values far from all that training saw.',
  validation: 'The part of the rows that is kept aside to judge the model on.',
  weights: 'The numbers inside the model that training adjusts.',
} as const satisfies Record<string, string>;

export type Term = keyof typeof glossary;
