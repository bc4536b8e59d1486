using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Causality.Contracts.Http;

namespace Causality.Protocol.Wire;

/// <summary>How the protocol's JSON is read and written: snake_case, strict, 32 deep.</summary>
public static class ProtocolJson
{
    /// <summary>For requests: unknown members, members twice, missing or null ones are errors.</summary>
    public static JsonSerializerOptions Requests { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    /// <summary>For answers: the same, but unknown members are ignored, so that a newer peer may say more.</summary>
    public static JsonSerializerOptions Answers { get; } = Create(JsonUnmappedMemberHandling.Skip);

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unknown)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = unknown,
            AllowDuplicateProperties = false,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            MaxDepth = SyncLimits.MaxJsonDepth,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
