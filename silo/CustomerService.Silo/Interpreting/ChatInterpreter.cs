using CustomerService.Silo.Running;
using CustomerService.Translation.Providers;

namespace CustomerService.Silo.Interpreting;

/// <summary>The assistants' chat models as translators; they are to be had where pipelines run.</summary>
internal sealed class ChatInterpreter(IServiceProvider services) : IChatTranslation
{
    public async Task<string> TranslateAsync(string model, string from, string to, string text, CancellationToken cancellation)
    {
        if (services.GetService<PipelineHolder>()?.Parts is not { } parts)
            throw new ProviderException("chat models are asked by processes with the role silo");
        if (model.Split('/', 2) is not [var provider, var name])
            throw new ProviderException($"'{model}' names no provider and model");

        var (translated, fault) = await parts.ChatTranslator.TranslateAsync(provider, name, from, to, text, cancellation);
        return translated ?? throw new ProviderException(fault ?? "it gave no translation");
    }
}
