namespace Causality.Protocol.Server.Problems;

/// <summary>Bounds the log events of refusals: whoever floods the door must not flood the log. The counters count all of them.</summary>
internal sealed class LogPace(TimeProvider time)
{
    private const int PerSecond = 50;

    private readonly Lock _lock = new();
    private long _second = long.MinValue;
    private int _taken;
    private int _left;

    /// <summary>True when an event may be written.</summary>
    /// <param name="leftOut">How many were not since the last one.</param>
    public bool TryTake(out int leftOut)
    {
        lock (_lock)
        {
            var second = time.GetUtcNow().ToUnixTimeSeconds();
            if (second != _second)
                (_second, _taken) = (second, 0);
            if (_taken >= PerSecond)
            {
                _left++;
                leftOut = 0;
                return false;
            }

            _taken++;
            (leftOut, _left) = (_left, 0);
            return true;
        }
    }
}
