using CustomerService.Translation.Providers;
using CustomerService.Translation.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService.Translation;

/// <summary>Adds the translator.</summary>
public static class TranslationRegistration
{
    /// <summary>
    /// Adds <see cref="TranslationFile"/> and <see cref="ITranslator"/>. The container must also have <see cref="TimeProvider"/>, and an
    /// <see cref="IChatTranslation"/> where the settings name a chat model.
    /// </summary>
    /// <param name="file">The owner's <c>translation.yaml</c>; where there is none nothing is translated.</param>
    /// <exception cref="FormatException">When first resolved: the file is malformed.</exception>
    public static IServiceCollection AddTranslation(this IServiceCollection services, string file)
    {
        services.AddSingleton(provider => new TranslationFile(file, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<TranslationFile>>()));
        services.AddSingleton(provider => new TranslationProviders(
            Environment.GetEnvironmentVariable, provider.GetService<IChatTranslation>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<ITranslator, Translator>();
    }
}
