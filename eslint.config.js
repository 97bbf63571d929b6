import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const typed = ['src/**/*.ts', 'server/**/*.ts', 'tests/**/*.ts'];

export default defineConfig(
	{ ignores: ['build/', '.svelte-kit/', 'src/lib/i18n/paraglide/', 'test-results/', 'coverage/'] },
	tseslint.configs.strict,
	svelte.configs.recommended,
	{
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			eqeqeq: 'error',
			'no-console': ['error', { allow: ['warn', 'error'] }],
		},
	},
	{
		files: typed,
		ignores: ['**/*.svelte.ts'],
		languageOptions: { parserOptions: { projectService: true } },
		rules: {
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
		},
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'], svelteConfig } },
		rules: {
			// Paths are absolute and the app is always served from the root of its one origin.
			'svelte/no-navigation-without-resolve': 'off',
			'svelte/no-at-html-tags': 'error',
		},
	},
	{
		// Speaking on the terminal is the work of these.
		files: ['server/**/*.ts', 'tests/**/*.ts'],
		rules: { 'no-console': 'off' },
	},
	{
		files: ['src/core/**/*.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'The core has no clock: take the time as an argument.' },
				{ object: 'Math', property: 'random', message: 'The core has no randomness: take it as an argument.' },
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
					message: 'The core has no clock: take the time as an argument.',
				},
				{
					selector: 'CallExpression[callee.name="Date"]',
					message: 'The core has no clock: take the time as an argument.',
				},
			],
		},
	},
);
