/** Pieces that several families are made of. */
export { gelu, layerNorm } from '../../tfjs-onnx';
