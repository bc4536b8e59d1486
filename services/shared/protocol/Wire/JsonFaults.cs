using System.Text.Json;
using Causality.Core;

namespace Causality.Protocol.Wire;

/// <summary>Says where JSON is wrong.</summary>
internal static class JsonFaults
{
    private const string Missing = "missing required properties including: ";

    /// <summary>The names of the members that are missing, or the path of the value at fault (<c>$.ids[3]</c>).</summary>
    public static string PlaceOf(JsonException exception)
    {
        var start = exception.Message.IndexOf(Missing, StringComparison.Ordinal);
        if (start < 0)
            return Printable.Shorten(exception.Path ?? "$", 128);

        var names = exception.Message.AsSpan(start + Missing.Length);
        var end = names.IndexOf('.');
        var place = exception.Path is null or "$" ? "" : exception.Path + ".";
        return Printable.Shorten(place + names[..(end < 0 ? names.Length : end)].ToString().Replace("'", "", StringComparison.Ordinal), 128);
    }
}
