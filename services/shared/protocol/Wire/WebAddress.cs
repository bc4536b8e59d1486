namespace Causality.Protocol.Wire;

/// <summary>Reads http and https addresses that strangers may have written.</summary>
public static class WebAddress
{
    private static readonly string[] Schemes = ["https://", "http://"];

    /// <summary>Reads an absolute address whose scheme is written out.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="address">The address; null when it is none.</param>
    /// <remarks>
    /// Found by fuzzing: <see cref="Uri.TryCreate(string, UriKind, out Uri)"/> of .NET 10 throws <see cref="IndexOutOfRangeException"/> for some texts with slashes and marks of direction (U+200F),
    /// which it takes for paths of a network share. A text without a scheme is refused before it gets there, and what fails nevertheless is no address.
    /// </remarks>
    public static bool TryParse(string? text, out Uri? address)
    {
        address = null;
        if (text is null || !Array.Exists(Schemes, scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)))
            return false;
        try
        {
            return Uri.TryCreate(text, UriKind.Absolute, out address);
        }
        catch (IndexOutOfRangeException)
        {
            return false;
        }
    }
}
