"""How people ask for JSON."""

from __future__ import annotations

JSON_KEYS = (
    "Return a JSON object with the keys {keys} of this {doc}.",
    "Return a JSON object with the keys {keys} of this {doc}.", "Return JSON with the keys {keys}.",
    "Return a JSON object with the keys {keys}.", "Extract {keys} as JSON.",
    "Give me {keys} as JSON.", "Answer in JSON with the fields {keys}.", "json with {keys}",
    "Extract the following fields as JSON: {keys}.", "{keys} as json please",
    "Read the {doc} and output JSON with {keys}.", "Make a JSON object of {keys}.", "Return only JSON: {keys}.",
    "Reply with a JSON object that has {keys}.", "JSON: {keys}",
    "Parse this {doc} into JSON with keys {keys}.", "I want {keys} in JSON format.",
    "Output valid JSON containing {keys} and nothing else.", "What are the {keys}? Answer in JSON.",
    "Find {keys} on this {doc} and return them as JSON.", "Convert the {doc} to JSON. Keys: {keys}.",
    "Extract {keys} from this {doc} and reply in JSON only.", "Return a JSON with {keys}. No other text.",
    "From the {doc} I need {keys}. Use JSON.", "Structured output (JSON) with {keys}, null where missing.",
    "Please extract {keys}. If something is missing, use null. Return JSON.",
    "Key information extraction. Keys: {keys}. Output: JSON.", "Give a JSON object whose keys are {keys}.",
)  # fmt: skip
JSON_LIST = (
    "Return the attributes as JSON:\n{list}", "Extract these attributes as JSON:\n{list}",
    "Return a JSON object with these attributes:\n{list}", "Describe the image as JSON with these keys:\n{list}",
    "Fill in this list and return JSON:\n{list}", "Return the following as JSON.\n{list}", "JSON attributes:\n{list}",
    "Please answer as JSON with:\n{list}",
    "Extract from the {doc} as JSON:\n{list}",
    "Return JSON document with data. Only return JSON not other text.\n{list}",
    "Describe what the picture shows, with interesting details.\n\nReturn the attributes as JSON:\n{list}",
    "Describe what the picture shows, with interesting details.\n\nReturn the attributes as JSON:\n{list}",
    "Describe the {doc}.\n\nReturn the attributes as JSON:\n{list}",
    "Read the {doc}.\n\nReturn the attributes as JSON:\n{list}",
    "Extract the fields below from this {doc}. Return JSON, null for what is missing.\n{list}",
    "Extract:\n{list}\nReply in JSON.", "Fields:\n{list}\n\nReturn JSON only.", "I need these as JSON:\n{list}",
)  # fmt: skip
JSON_SPEC = (
    "{spec}", "Extract: {spec}", "Return JSON: {spec}", "Extract {spec} from the {doc}.", "Return JSON with {spec}",
    "Give JSON for: {spec}", "fields: {spec}. Answer as JSON.",
)  # fmt: skip
JSON_SCHEMA = (
    "Return JSON that fits this schema: {schema}",
    "Fill this JSON schema from the {doc}: {schema}",
    "Answer with JSON matching {schema}",
    "Schema: {schema}\nReturn the JSON.",
    "Extract the data of this {doc} as JSON that validates against:\n{schema}",
    "JSON schema:\n{schema}",
)
JSON_SKELETON = (
    "Fill in this JSON: {skeleton}", "Fill in the values from the {doc}:\n{skeleton}", "Complete: {skeleton}",
    "Return this JSON filled in:\n{skeleton}", "Fill the template {skeleton} from this {doc}.",
    "Use exactly this format:\n{skeleton}", "Extract the data in this format: {skeleton}",
    "Return JSON like {skeleton}", "Read the {doc} and complete this JSON.\n{skeleton}",
    "Output format:\n{skeleton}\nOnly JSON.", "Give me the information of this {doc} as {skeleton}",
)  # fmt: skip
JSON_ITEMS = (
    "List the items as JSON with {keys}.", "Return the items as a JSON array of objects with {keys}.",
    "Extract all line items of this {doc} as JSON with {keys}.", "items as json: {keys}",
    "Give the bought items as a JSON list; each has {keys}.", "Return a JSON array of the items ({keys}).",
    "Extract the item list as JSON with the keys {keys}.", "JSON array of line items with {keys}, please.",
)  # fmt: skip
