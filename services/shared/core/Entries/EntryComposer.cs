using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Causality.Core;

/// <summary>Writes an entry's parts as one JSON object, which <see cref="LogEntry.Parse"/> then checks and canonicalizes.</summary>
internal static class EntryComposer
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ReadOnlySpan<byte> Compose(
        string id, long timestamp, EntryType entryType, ReadOnlySpan<byte> dataJson,
        string? traceId, string? parentId, IReadOnlyDictionary<string, string>? metadata)
    {
        ArgumentNullException.ThrowIfNull(id);
        // Checked on its own: pasted in unchecked, "1,\"parent_id\":\"x\"" would add a member.
        CheckOneValue(dataJson);

        var buffer = new ArrayBufferWriter<byte>(dataJson.Length + 256);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        WriteText(json, "id", id);
        json.WriteNumber("timestamp", timestamp);
        WriteText(json, "entry_type", Enum.IsDefined(entryType) ? Encoding.UTF8.GetString(EntryMembers.SpellingOf(entryType)) : entryType.ToString());
        json.WritePropertyName("data");
        json.WriteRawValue(dataJson, skipInputValidation: true);
        WriteText(json, "trace_id", traceId);
        WriteText(json, "parent_id", parentId);
        WriteMetadata(json, metadata);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? metadata)
    {
        if (metadata is not { Count: > 0 })
            return;

        json.WriteStartObject("metadata");
        foreach (var (name, value) in metadata)
        {
            var nameUtf8 = Encode("metadata", name);
            json.WriteString(nameUtf8, Encode($"metadata.{Printable.Shorten(name)}", value ?? throw new InvalidEntryException($"metadata.{Printable.Shorten(name)}", "must be a string.")));
        }

        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string member, string? text)
    {
        if (text is not null)
            json.WriteString(member, Encode(member, text));
    }

    private static byte[] Encode(string field, string text)
    {
        try
        {
            return StrictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException lone)
        {
            throw new InvalidEntryException(field, "holds half of a surrogate pair, which is no Unicode text; write both halves or none.", lone);
        }
    }

    private static void CheckOneValue(ReadOnlySpan<byte> dataJson)
    {
        var json = new Utf8JsonReader(dataJson, new JsonReaderOptions { MaxDepth = EntryLimits.MaxDepth });
        try
        {
            while (json.Read())
                json.Skip();
        }
        catch (JsonException broken)
        {
            throw new InvalidEntryException("data", $"not one JSON value (byte {broken.BytePositionInLine + 1} of line {broken.LineNumber + 1}), or nested deeper than {EntryLimits.MaxDepth} levels.", broken);
        }
    }
}
