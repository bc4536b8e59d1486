namespace Causality.Protocol.Client;

/// <summary>A request body that is not JSON.</summary>
internal sealed record BinaryBody(ReadOnlyMemory<byte> Bytes, string MediaType);
