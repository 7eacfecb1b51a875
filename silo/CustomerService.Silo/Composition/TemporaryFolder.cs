namespace CustomerService.Silo.Composition;

/// <summary>A fresh folder that is gone after use.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("customerservice-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
