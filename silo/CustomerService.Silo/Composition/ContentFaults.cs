using CustomerService.Assistants.Settings;
using CustomerService.Integrations.Orders;
using CustomerService.Knowledge;
using CustomerService.Pipelines.Definitions;
using CustomerService.Runtime.Stores;
using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Composition;

/// <summary>Faults of the owner's files, whose messages say already what is wrong and where.</summary>
internal static class ContentFaults
{
    /// <summary>The fault as a command's one clear message; null when it is a bug of ours, which keeps its stack.</summary>
    public static CommandFailedException? Recognise(Exception fault) => fault switch
    {
        CommandFailedException known => known,
        ContentFormatException or PipelineFormatException or KnowledgeLoadException or OrderSystemException or StoreOpenException
            or InvalidDataException or FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or FormatException =>
            new CommandFailedException(fault.Message),
        InvalidOperationException { InnerException: { } inner } => Recognise(inner),
        _ => null,
    };
}
