using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Causality.Core;

namespace Causality.Protocol.Identity;

/// <summary>Keeps an operator's identity in <c>key.pem</c> and <c>certificate.pem</c> of one folder.</summary>
/// <param name="folder">Made when missing; shared by the operator's services, which start at once.</param>
/// <param name="time">The clock for validity.</param>
/// <param name="keyWasOpen">Told the path of a private key that others could read, and cannot any more.</param>
internal sealed class IdentityFolder(string folder, TimeProvider time, Action<string>? keyWasOpen = null)
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(30);

    private string KeyPath => Path.Combine(folder, "key.pem");
    private string CertificatePath => Path.Combine(folder, "certificate.pem");

    /// <summary>Loads the identity, or makes it when the folder has none.</summary>
    /// <exception cref="IdentityException">The folder holds another operator's identity, or files that are no identity, or cannot be used.</exception>
    public OperatorIdentity LoadOrCreate(OperatorId operatorId)
    {
        try
        {
            Directory.CreateDirectory(folder);
            IdentityRotation.FinishActivation(folder);
            return Load(operatorId) ?? CreateUnderLock(operatorId);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IdentityException($"The identity folder '{folder}' cannot be used: {exception.Message} Check that it exists on a working disk and that this user may write to it.", exception);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw new IdentityException($"'{CertificatePath}' and '{KeyPath}' are no key and certificate that belong together: restore both from a backup. Without them peers have to pin a new key.", exception);
        }
    }

    private OperatorIdentity? Load(OperatorId operatorId)
    {
        // The certificate is written last: where it is, the key is complete.
        if (!File.Exists(CertificatePath))
            return null;
        if (KeyFile.Close(KeyPath))
            keyWasOpen?.Invoke(KeyPath);

        var certificate = X509Certificate2.CreateFromPemFile(CertificatePath, KeyPath);
        var found = IdentityCertificate.OperatorOf(certificate);
        if (found != operatorId.Value)
        {
            certificate.Dispose();
            throw new IdentityException(
                $"'{folder}' holds the identity of operator '{Printable.Shorten(found)}', but this service runs as '{operatorId}': "
                + $"set Operator:Id to '{Printable.Shorten(found)}', or give '{operatorId}' a data folder of its own.");
        }

        if (certificate.NotAfter.ToUniversalTime() - time.GetUtcNow() > IdentityCertificate.RenewBefore)
            return new OperatorIdentity(operatorId, certificate);

        certificate.Dispose();
        return null;
    }

    private OperatorIdentity CreateUnderLock(OperatorId operatorId)
    {
        using var held = FolderLock.Acquire(Path.Combine(folder, ".lock"), LockPatience);
        if (Load(operatorId) is { } madeMeanwhile)
            return madeMeanwhile;

        using var key = LoadOrCreateKey();
        using var certificate = IdentityCertificate.Create(operatorId, key, time.GetUtcNow());
        DurableFile.Write(CertificatePath, certificate.ExportCertificatePem() + "\n", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return Load(operatorId) ?? throw new IdentityException($"'{CertificatePath}' vanished while it was made.");
    }

    /// <summary>A key without a certificate is what a crash between the two files leaves, or what a renewal starts from: it is kept.</summary>
    private ECDsa LoadOrCreateKey()
    {
        if (File.Exists(KeyPath))
        {
            var existing = ECDsa.Create();
            existing.ImportFromPem(File.ReadAllText(KeyPath));
            return existing;
        }

        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        DurableFile.Write(KeyPath, key.ExportPkcs8PrivateKeyPem() + "\n", KeyFile.OwnerOnly);
        return key;
    }
}
