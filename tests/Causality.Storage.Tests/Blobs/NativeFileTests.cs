using Causality.Storage.Native;

namespace Causality.Storage.Tests.Blobs;

public sealed class NativeFileTests
{
    [Fact]
    public void A_refusal_of_the_system_names_call_path_and_errno()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        using var handle = new Microsoft.Win32.SafeHandles.SafeFileHandle(pipe.SafePipeHandle.DangerousGetHandle(), ownsHandle: false);

        // A pipe cannot be flushed: EINVAL. FileStream.Flush(true) would say nothing.
        var error = Should.Throw<StorageUnavailableException>(() => NativeFile.Flush(handle, "some/path"));

        error.Message.ShouldContain("fsync of 'some/path'");
        error.Message.ShouldContain("errno 22");
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Should.Throw<StorageUnavailableException>(() => NativeFile.OpenForFlush("/nowhere/at/all")).Message.ShouldContain("/nowhere/at/all");
}
