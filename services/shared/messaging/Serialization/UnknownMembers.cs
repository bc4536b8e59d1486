using System.Text.Json;
using System.Text.Json.Serialization;

namespace Causality.Messaging.Serialization;

/// <summary>Lets a contract keep members that it does not know (<see cref="JsonExtensionDataAttribute"/>).</summary>
/// <remarks>MassTransit's own converter for dictionaries cannot fill extension data: the message would end in <c>_error</c> for a member too many.</remarks>
internal sealed class UnknownMembers : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(IDictionary<string, JsonElement>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => JsonSerializerOptions.Default.GetConverter(typeToConvert);

    /// <summary>The options with this converter first; the same ones if they have it.</summary>
    internal static JsonSerializerOptions AddTo(JsonSerializerOptions options)
    {
        if (options.Converters.Any(converter => converter is UnknownMembers))
            return options;
        // MassTransit shares its options in the whole process, and freezes them at first use.
        var copy = new JsonSerializerOptions(options);
        copy.Converters.Insert(0, new UnknownMembers());
        return copy;
    }
}
