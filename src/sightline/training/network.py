"""The SmolVLM layout in torch, with Hugging Face's parameter names, so that its state is the checkpoint."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from sightline.model.config import DecoderConfig, ModelConfig, VisionConfig


class RMSNorm(nn.Module):
    """Root-mean-square norm in float32 (Llama)."""

    def __init__(self, width: int, eps: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        """Normalise the last axis."""
        x32 = x.float()
        return (x32 * torch.rsqrt(x32.pow(2).mean(-1, keepdim=True) + self.eps)).to(x.dtype) * self.weight.to(x.dtype)


class VisionAttention(nn.Module):
    """Full attention between the patches of one tile (SigLIP)."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.n_heads = config.n_heads
        self.q_proj = nn.Linear(config.width, config.width)
        self.k_proj = nn.Linear(config.width, config.width)
        self.v_proj = nn.Linear(config.width, config.width)
        self.out_proj = nn.Linear(config.width, config.width)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, patches, width) to the same."""
        batch, n, width = x.shape
        heads = (batch, n, self.n_heads, width // self.n_heads)
        q, k, v = (project(x).view(heads).transpose(1, 2) for project in (self.q_proj, self.k_proj, self.v_proj))
        shares = (q * (width // self.n_heads) ** -0.5 @ k.transpose(-1, -2)).softmax(-1)  # see `attend`
        return self.out_proj((shares @ v).transpose(1, 2).reshape(batch, n, width))


class VisionMLP(nn.Module):
    """Two linear layers around a tanh GELU."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.fc1 = nn.Linear(config.width, config.ffn)
        self.fc2 = nn.Linear(config.ffn, config.width)

    def forward(self, x: Tensor) -> Tensor:
        """Apply to each patch alone."""
        return self.fc2(F.gelu(self.fc1(x), approximate="tanh"))


class VisionLayer(nn.Module):
    """Pre-norm attention and MLP."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.self_attn = VisionAttention(config)
        self.layer_norm1 = nn.LayerNorm(config.width, eps=config.norm_eps)
        self.mlp = VisionMLP(config)
        self.layer_norm2 = nn.LayerNorm(config.width, eps=config.norm_eps)

    def forward(self, x: Tensor) -> Tensor:
        """(batch, patches, width) to the same."""
        x = x + self.self_attn(self.layer_norm1(x))
        return x + self.mlp(self.layer_norm2(x))


class VisionEmbeddings(nn.Module):
    """Patches to vectors, plus a learned place."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.patch_embedding = nn.Conv2d(3, config.width, config.patch_px, config.patch_px)
        self.position_embedding = nn.Embedding(config.n_patches, config.width)

    def forward(self, pixel_values: Tensor) -> Tensor:
        """(batch, 3, h, w) to (batch, patches, width), row by row."""
        return self.patch_embedding(pixel_values).flatten(2).transpose(1, 2) + self.position_embedding.weight


class VisionEncoder(nn.Module):
    """The layers alone, to match the checkpoint's names."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.layers = nn.ModuleList(VisionLayer(config) for _ in range(config.n_layers))


class VisionModel(nn.Module):
    """The image encoder."""

    def __init__(self, config: VisionConfig) -> None:
        super().__init__()
        self.embeddings = VisionEmbeddings(config)
        self.encoder = VisionEncoder(config)
        self.post_layernorm = nn.LayerNorm(config.width, eps=config.norm_eps)

    def forward(self, pixel_values: Tensor) -> Tensor:
        """(batch, 3, h, w) in -1..1 to (batch, patches, width)."""
        x = self.embeddings(pixel_values)
        for layer in self.encoder.layers:
            x = layer(x)
        return self.post_layernorm(x)


def fold_patches(x: Tensor, factor: int) -> Tensor:
    """Fold each `factor` x `factor` square of patches into one wider vector (Idefics3's pixel shuffle)."""
    batch, n, width = x.shape
    side = int(n**0.5)
    x = x.view(batch, side // factor, factor, side // factor, factor, width)
    x = x.permute(0, 1, 3, 2, 4, 5)  # (batch, rows, columns, factor, factor, width)
    return x.reshape(batch, n // factor**2, width * factor**2)


class ModalityProjection(nn.Module):
    """One linear layer, named as the checkpoint names it."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.proj = nn.Linear(config.vision.width * config.scale_factor**2, config.decoder.width, bias=False)


class Connector(nn.Module):
    """From folded patches to image tokens."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.factor = config.scale_factor
        self.modality_projection = ModalityProjection(config)

    def forward(self, patches: Tensor) -> Tensor:
        """(batch, patches, vision width) to (batch, image tokens, decoder width)."""
        return self.modality_projection.proj(fold_patches(patches, self.factor))


@dataclass(frozen=True, slots=True)
class Scope:
    """Who sees whom in a batch of conversations, for training; serving has one conversation that sees all of itself.

    `places` (batch, n): the rotary place of each token. `owners` (batch, n): 0 for what every turn of the row sees,
    else the turn that alone sees it.
    """

    places: Tensor
    owners: Tensor

    def to(self, device: torch.device) -> Scope:
        """The same on `device`."""
        return Scope(self.places.to(device), self.owners.to(device))

    def mask(self, dtype: torch.dtype) -> Tensor:
        """(batch, 1, n, n), to add to the attention logits."""
        asks, seen = self.owners[:, :, None], self.owners[:, None, :]
        hidden = (seen != 0) & (seen != asks)
        return later(self.owners.shape[1], dtype, self.owners.device).masked_fill(hidden, NEVER).unsqueeze(1)


NEVER = -30_000.0
ROWS_AT_ONCE = 256


def later(n: int, dtype: torch.dtype, device: torch.device) -> Tensor:
    """(n, n) that forbids each place what comes after it."""
    return torch.full((n, n), NEVER, dtype=dtype, device=device).triu(1)


def attend(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    """Causal attention of (batch, heads, n, size) on (batch, key heads, n, size), with `mask` (batch or 1, 1, n, n).

    Written out in blocks of rows, each against the keys up to its end: on a CPU the backward pass of
    `scaled_dot_product_attention` takes twice as long.
    """
    n = q.shape[2]
    blocks = [(start, min(n, start + ROWS_AT_ONCE)) for start in range(0, n, ROWS_AT_ONCE)]
    return torch.cat([_attend_rows(q[:, :, a:b], k[:, :, :b], v[:, :, :b], mask[:, :, a:b, :b]) for a, b in blocks], 2)


def _attend_rows(q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
    batch, heads, rows, size = q.shape
    groups, n = k.shape[1], k.shape[2]
    logits = (q * size**-0.5).reshape(batch, groups, -1, size) @ k.transpose(-1, -2)
    shares = (logits.view(batch, heads, rows, n) + mask).softmax(-1)
    return (shares.view(batch, groups, -1, n) @ v).view(batch, heads, rows, size)


class DecoderAttention(nn.Module):
    """Causal grouped-query attention with rotary places."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.n_heads, self.n_kv_heads, self.head_dim = config.n_heads, config.n_kv_heads, config.head_dim
        self.q_proj = nn.Linear(config.width, config.n_heads * config.head_dim, bias=False)
        self.k_proj = nn.Linear(config.width, config.n_kv_heads * config.head_dim, bias=False)
        self.v_proj = nn.Linear(config.width, config.n_kv_heads * config.head_dim, bias=False)
        self.o_proj = nn.Linear(config.n_heads * config.head_dim, config.width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        """(batch, n, width) to the same; `cos`, `sin` are (n, head_dim) or (batch, 1, n, head_dim)."""
        batch, n, _ = x.shape
        q = rotate(self.q_proj(x).view(batch, n, self.n_heads, self.head_dim).transpose(1, 2), cos, sin)
        k = rotate(self.k_proj(x).view(batch, n, self.n_kv_heads, self.head_dim).transpose(1, 2), cos, sin)
        v = self.v_proj(x).view(batch, n, self.n_kv_heads, self.head_dim).transpose(1, 2)
        return self.o_proj(attend(q, k, v, mask).transpose(1, 2).reshape(batch, n, -1))


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Turn the two halves of each head by its place (RoPE, Llama's half-split form)."""
    left, right = x.chunk(2, -1)
    turned = torch.cat((-right, left), -1)
    return x * cos.to(x.dtype) + turned * sin.to(x.dtype)


def rope_tables(n: int, head_dim: int, theta: float) -> tuple[Tensor, Tensor]:
    """Cosines and sines for `n` places, each (n, head_dim)."""
    frequencies = theta ** (-torch.arange(0, head_dim, 2, dtype=torch.float32) / head_dim)
    angles = torch.outer(torch.arange(n, dtype=torch.float32), frequencies)
    return torch.cat((angles.cos(), angles.cos()), -1), torch.cat((angles.sin(), angles.sin()), -1)


class DecoderMLP(nn.Module):
    """SwiGLU."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(config.width, config.ffn, bias=False)
        self.up_proj = nn.Linear(config.width, config.ffn, bias=False)
        self.down_proj = nn.Linear(config.ffn, config.width, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        """Apply to each place alone."""
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class DecoderLayer(nn.Module):
    """Pre-norm attention and MLP."""

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.self_attn = DecoderAttention(config)
        self.mlp = DecoderMLP(config)
        self.input_layernorm = RMSNorm(config.width, config.norm_eps)
        self.post_attention_layernorm = RMSNorm(config.width, config.norm_eps)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, mask: Tensor) -> Tensor:
        """(batch, n, width) to the same."""
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, mask)
        return x + self.mlp(self.post_attention_layernorm(x))


class TextModel(nn.Module):
    """The language model without its head."""

    cos: Tensor
    sin: Tensor

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(config.vocab_size, config.width)
        self.layers = nn.ModuleList(DecoderLayer(config) for _ in range(config.n_layers))
        self.norm = RMSNorm(config.width, config.norm_eps)
        cos, sin = rope_tables(config.context_tokens, config.head_dim, config.rope_theta)
        self.register_buffer("cos", cos, persistent=False)
        self.register_buffer("sin", sin, persistent=False)

    def forward(self, embeddings: Tensor, scope: Scope | None = None) -> Tensor:
        """(batch, n, width) to the hidden states before the head. Without a scope each place sees all before it."""
        n = embeddings.shape[1]
        dtype = _compute_dtype(embeddings)
        if scope is None:
            cos, sin, mask = self.cos[:n], self.sin[:n], later(n, dtype, embeddings.device)[None, None]
        else:
            cos, sin = self.cos[scope.places].unsqueeze(1), self.sin[scope.places].unsqueeze(1)
            mask = scope.mask(dtype)
        x = embeddings
        for layer in self.layers:
            x = layer(x, cos, sin, mask)
        return self.norm(x)


class Body(nn.Module):
    """Encoder, connector and decoder under the checkpoint's prefix `model.`."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.vision_model = VisionModel(config.vision)
        self.connector = Connector(config)
        self.text_model = TextModel(config.decoder)


class SightlineNetwork(nn.Module):
    """The whole model. The head is the embedding table."""

    def __init__(self, config: ModelConfig, image_token_id: int) -> None:
        super().__init__()
        self.config = config
        self.image_token_id = image_token_id
        self.model = Body(config)
        self.apply(_initialise)
        _start_quiet(self)

    def image_tokens(self, pixel_values: Tensor) -> Tensor:
        """(tiles, 3, h, w) to (tiles, image tokens, decoder width)."""
        return self.model.connector(self.model.vision_model(pixel_values))

    def hidden(self, input_ids: Tensor, pixel_values: Tensor | None, scope: Scope | None = None) -> Tensor:
        """(batch, n) ids and the batch's tiles in order to (batch, n, width)."""
        x = self.model.text_model.embed_tokens(input_ids)
        if pixel_values is not None and pixel_values.shape[0]:
            seen = self.image_tokens(pixel_values).flatten(0, 1).to(x.dtype)
            x = x.masked_scatter((input_ids == self.image_token_id).unsqueeze(-1), seen)
        return self.model.text_model(x, scope)

    def logits(self, hidden: Tensor) -> Tensor:
        """(..., width) to (..., vocabulary)."""
        return F.linear(hidden, self.model.text_model.embed_tokens.weight.to(hidden.dtype))


def _compute_dtype(x: Tensor) -> torch.dtype:
    kind = x.device.type
    return torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear | nn.Conv2d):
        nn.init.trunc_normal_(module.weight, std=0.02 if isinstance(module, nn.Linear) else 0.03)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Embedding):
        nn.init.trunc_normal_(module.weight, std=0.02)


EMBEDDING_STD = 0.5
HEAD_SCALE = 0.1
INTO_THE_STREAM = ("o_proj.weight", "down_proj.weight", "out_proj.weight", "fc2.weight")


def _start_quiet(network: SightlineNetwork) -> None:
    """Let tokens be heard from the first step: large embeddings, layers that add nothing yet, a small last norm.

    With everything at 0.02 the first layers drown the embeddings, attention sharpens on noise, and a
    decoder of this size takes very long to learn to copy.
    """
    text = network.model.text_model
    nn.init.normal_(text.embed_tokens.weight, std=EMBEDDING_STD)
    nn.init.constant_(text.norm.weight, HEAD_SCALE)
    for name, parameter in network.named_parameters():
        if name.endswith(INTO_THE_STREAM):
            nn.init.zeros_(parameter)
