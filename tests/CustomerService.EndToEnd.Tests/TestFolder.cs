namespace CustomerService.EndToEnd;

internal sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("customerservice-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
