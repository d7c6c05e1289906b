import coreWebVitals from 'eslint-config-next/core-web-vitals'
import typescript from 'eslint-config-next/typescript'

const own = ['**/*.ts', '**/*.tsx']

const config = [
  {
    ignores: [
      '.next/**', '.data/**', 'generated/**', 'next-env.d.ts', 'test-results/**',
      'playwright-report/**',
    ],
  },
  ...coreWebVitals,
  ...typescript,
  {
    files: own,
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': [
        'error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Advice for React's compiler, which this project does not use.
      'react-hooks/set-state-in-effect': 'off',
      'react-hooks/immutability': 'off',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Where there is no React, a function named `use` is just that.
    files: ['server/**', 'simulator/**', 'tools/**', 'e2e/**'],
    rules: { 'react-hooks/rules-of-hooks': 'off' },
  },
  {
    // A forgotten promise in the server is a lost error or a lost input.
    files: [
      'server/**/*.ts', 'app/api/**/*.ts', 'components/lab/**/*.ts', 'e2e/**/*.ts', 'proxy.ts',
    ],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
]

export default config
