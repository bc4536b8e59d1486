namespace Causality.Contracts.Http;

/// <summary>What a frame says of its segment.</summary>
public static class FrameStatus
{
    /// <summary>The content follows the header.</summary>
    public const string Ok = "ok";

    /// <summary>The server has no such segment, or it has other content by now; no content follows.</summary>
    public const string Gone = "gone";
}
