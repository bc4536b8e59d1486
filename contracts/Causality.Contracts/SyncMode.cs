using System.Text.Json.Serialization;

namespace Causality.Contracts;

/// <summary>Which way a sync moves segments. On the wire and in settings by name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SyncMode>))]
public enum SyncMode
{
    /// <summary>Fetch what the peer has and we lack. The default: every operator decides for itself what it takes.</summary>
    Pull = 0,

    /// <summary>Send what we have and the peer lacks; it must permit us to write.</summary>
    Push = 1,

    /// <summary>Both, in one sync.</summary>
    Both = 2,
}
