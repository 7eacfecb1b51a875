using System.Collections.Immutable;

namespace CustomerService.Integrations.Orders;

/// <summary>A file of orders that could not be imported; nothing of it was. The message names the file, the places, what is wrong and the fix.</summary>
public sealed class OrderImportException : Exception
{
    internal OrderImportException(string path, ImmutableArray<string> problems, Exception? cause = null)
        : base($"Nothing was imported. {string.Join(Environment.NewLine, problems.Select(problem => $"{path}:{problem}"))}", cause) => Problems = problems;

    /// <summary>Each as <c>line: problem</c>; the first twenty where there are more.</summary>
    public ImmutableArray<string> Problems { get; }
}
