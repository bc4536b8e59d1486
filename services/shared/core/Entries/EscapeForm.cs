namespace Causality.Core;

/// <summary>How the escapes of a JSON string relate to the ones RFC 8785 would write.</summary>
internal enum EscapeForm
{
    /// <summary>Exactly those.</summary>
    Minimal,

    /// <summary>Valid, but longer than needed or in upper case.</summary>
    Reducible,

    /// <summary>Half a surrogate pair: no Unicode text.</summary>
    LoneSurrogate,
}
